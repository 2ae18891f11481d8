package dev.asyncloop.samples.generator;

import dev.asyncloop.loop.generators.AsyncGenerator;
import java.io.BufferedReader;
import java.nio.file.Files;
import java.nio.file.Path;

/** Orders from a file, read as they are asked for. */
final class OrderFeed {

    record Order(String article, int count) {

        static Order parse(String line) {
            String[] fields = line.split(",");
            return new Order(fields[0], Integer.parseInt(fields[1]));
        }
    }

    private OrderFeed() {}

    // tag::producer[]
    static AsyncGenerator<Order> read(Path file) {
        return AsyncGenerator.of(emitter -> {
            try (BufferedReader lines = Files.newBufferedReader(file)) {
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    emitter.emit(Order.parse(line)); // waits until the consumer wants another
                }
            }
        });
    }
    // end::producer[]
}
