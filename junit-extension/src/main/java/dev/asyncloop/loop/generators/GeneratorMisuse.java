package dev.asyncloop.loop.generators;

/** The sentences for wrong uses of a generator, and for publishers that break their rules. */
final class GeneratorMisuse {

    private GeneratorMisuse() {}

    static IllegalStateException generatorAlreadyRunning(String operation) {
        return new IllegalStateException(operation + "(): asynchronous generator is already running");
    }

    static IllegalStateException generatorIgnoredExit() {
        return new IllegalStateException("async generator ignored GeneratorExit: it emitted again instead of ending");
    }

    static IllegalStateException generatorOfAnotherLoop() {
        return new IllegalStateException("the async generator belongs to a different loop than the one that runs here");
    }

    static IllegalStateException generatorIteratedTwice() {
        return new IllegalStateException("an async generator can be iterated only once; make a new one");
    }

    static IllegalStateException emitOutsideOfBody() {
        return new IllegalStateException("emit() belongs in the generator's own body, and in its own task");
    }

    static IllegalArgumentException prefetchNotPositive(int prefetch) {
        return new IllegalArgumentException("prefetch must be 1 or more, and is " + prefetch);
    }

    static IllegalStateException publisherEmittedTooMuch(String publisher) {
        return new IllegalStateException(publisher + " emitted more items than were requested from it");
    }

    static IllegalStateException publisherDidNotSubscribe(String publisher) {
        return new IllegalStateException(publisher + " called onNext before onSubscribe");
    }

    static NullPointerException publisherSignalledNull(String publisher, String signal) {
        return new NullPointerException(publisher + " called " + signal + "(null)");
    }

    static String publisherSignalledAfterItsEnd(String publisher, String signal) {
        return publisher + " called " + signal + " after its end, which nobody sees";
    }
}
