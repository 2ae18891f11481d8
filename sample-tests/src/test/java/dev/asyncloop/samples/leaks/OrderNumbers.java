package dev.asyncloop.samples.leaks;

import dev.asyncloop.loop.generators.AsyncGenerator;

/** Counts orders. */
final class OrderNumbers {

    private OrderNumbers() {}

    static AsyncGenerator<Integer> from(int first) {
        return AsyncGenerator.of(emitter -> {
            for (int number = first; true; number++) {
                emitter.emit(number);
            }
        });
    }
}
