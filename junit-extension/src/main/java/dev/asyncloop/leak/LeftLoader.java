package dev.asyncloop.leak;

import java.util.List;

/** A class loader that nobody closed, with the archives that it holds open. */
record LeftLoader(String type, List<String> archives, List<StackTraceElement> created) implements Left {

    @Override
    public Leak leak() {
        return new Leak(
                LeakKind.FILE_DESCRIPTOR,
                "unclosed " + type + ", which holds open " + String.join(" and ", archives),
                created,
                List.of(),
                "close it, e.g. with try-with-resources");
    }

    @Override
    public boolean mayEnd() {
        return false;
    }
}
