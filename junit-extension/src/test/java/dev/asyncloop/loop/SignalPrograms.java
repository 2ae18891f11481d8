package dev.asyncloop.loop;

import dev.asyncloop.testing.Eventually;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/** Programs that send signals to themselves, which only a JVM of their own can survive, or not. */
final class SignalPrograms {

    private SignalPrograms() {}

    /** As a shell does it. */
    static void raise(String signal) {
        try {
            int status = new ProcessBuilder(
                            "kill",
                            "-" + signal,
                            String.valueOf(ProcessHandle.current().pid()))
                    .inheritIO()
                    .start()
                    .waitFor();
            if (status != 0) {
                throw new AssertionError("kill ended with " + status);
            }
        } catch (IOException | InterruptedException broken) {
            throw new AssertionError(broken);
        }
    }

    private static void say(Object text) {
        System.out.println(text);
    }

    /** Handles INT and TERM, one of them twice, gives them back, and dies of the next. */
    static final class Handling {
        public static void main(String[] arguments) {
            EventLoop loop = EventLoop.create();
            AtomicInteger heard = new AtomicInteger();
            loop.runUntilComplete(() -> {
                for (String signal : new String[] {"INT", "INT", "SIGTERM"}) {
                    LoopFuture<String> got = loop.createFuture();
                    loop.addSignalHandler(signal, () -> {
                        heard.incrementAndGet();
                        got.complete(
                                "got " + signal + " on the loop: " + loop.core().isLoopThread());
                    });
                    loop.callSoon(() -> raise(signal.replace("SIG", "")));
                    say(got.await());
                }
                say("removed: " + loop.removeSignalHandler("SIGINT") + ", " + loop.removeSignalHandler("INT"));
            });
            say("heard " + heard);
            loop.close();
            raise("TERM");
            Eventually.eventually("the JVM ends", () -> false);
        }
    }

    /** Dies of INT after it was removed. */
    static final class Removing {
        public static void main(String[] arguments) {
            EventLoop loop = EventLoop.create();
            loop.addSignalHandler("INT", () -> say("never"));
            say("removed: " + loop.removeSignalHandler("INT"));
            raise("INT");
            Eventually.eventually("the JVM ends", () -> false);
        }
    }

    /** Is interrupted by Ctrl-C while its body waits, and dies of the second. */
    static final class Interrupted {
        public static void main(String[] arguments) {
            try (EventLoop loop = EventLoop.create()) {
                LoopFuture<String> awaited = loop.createFuture();
                Task<String> main = loop.createTask(() -> {
                    loop.callSoon(() -> raise("INT"));
                    return awaited.await();
                });
                try {
                    say(CtrlC.runUntilComplete(loop, main));
                } catch (Throwable thrown) {
                    say(thrown + ", caused by " + thrown.getCause());
                }
                say("awaited future cancelled: " + awaited.isCancelled());
                Task<String> stubborn = loop.createTask(() -> {
                    LoopFuture<String> never = loop.createFuture();
                    loop.callSoon(() -> raise("INT"));
                    try {
                        never.await();
                    } catch (CancelledException asked) {
                        say("asked to end: " + asked.getMessage());
                    }
                    loop.callLater(Duration.ofMillis(1), () -> raise("INT"));
                    return loop.<String>createFuture().await();
                });
                CtrlC.runUntilComplete(loop, stubborn);
            }
        }
    }

    /** What else may come out of a run with a Ctrl-C in it. */
    static final class Outcomes {
        public static void main(String[] arguments) {
            try (EventLoop loop = EventLoop.create()) {
                Task<String> cancelled = loop.createTask(() -> {
                    Task<?> me = Asyncio.currentTask();
                    loop.callSoon(() -> {
                        me.cancel("by another");
                        raise("INT");
                        Eventually.eventually(
                                "the signal is heard",
                                () -> "interrupted by Ctrl-C"
                                        .equals(me.coroutine().cancelMessage()));
                    });
                    return loop.<String>createFuture().await();
                });
                outcome(loop, cancelled);
                Task<String> returns = loop.createTask(() -> {
                    loop.callSoon(() -> raise("INT"));
                    try {
                        return loop.<String>createFuture().await();
                    } catch (CancelledException asked) {
                        return "cleaned up";
                    }
                });
                outcome(loop, returns);
                outcome(loop, loop.createTask(() -> "undisturbed"));
                LoopFuture<String> mine = loop.createFuture();
                loop.addSignalHandler("INT", () -> mine.complete("the program's own"));
                outcome(loop, loop.createTask(() -> {
                    loop.callSoon(() -> raise("INT"));
                    return mine.await();
                }));
            }
        }

        private static void outcome(EventLoop loop, Task<String> main) {
            try {
                say(CtrlC.runUntilComplete(loop, main));
            } catch (Throwable thrown) {
                say(thrown);
            }
        }
    }

    /** Where the JVM keeps the signals, or has no class for them. */
    static final class Without {
        public static void main(String[] arguments) {
            try (EventLoop loop = EventLoop.create()) {
                try {
                    loop.addSignalHandler("INT", () -> {});
                } catch (IllegalStateException refused) {
                    say(refused.getMessage());
                }
                say(CtrlC.runUntilComplete(loop, loop.createTask(() -> "still works")));
            }
        }
    }
}
