package dev.asyncloop.loop;

import dev.asyncloop.loop.generators.AsyncGenerator;
import java.util.List;

/** The body of a generator that emits 1 to {@code count} and notes what it does. */
record CountingBody(int count, List<String> events) implements AsyncGenerator.Body<Integer> {

    @Override
    public void run(AsyncGenerator.Emitter<Integer> emitter) {
        try {
            for (int i = 1; i <= count; i++) {
                events.add("emit " + i);
                emitter.emit(i);
            }
            events.add("end");
        } finally {
            events.add("finally");
        }
    }
}
