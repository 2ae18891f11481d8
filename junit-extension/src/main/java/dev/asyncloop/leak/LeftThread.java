package dev.asyncloop.leak;

import dev.asyncloop.jdk.TimerThreads;
import dev.asyncloop.origin.trace.CallStack;
import java.util.List;
import java.util.Locale;

/**
 * A platform thread that lives, on its own or as that of a timer or of an {@code HttpClient}.
 *
 * @param ofExecutor whether an executor started it that was shut down since
 */
record LeftThread(Thread thread, List<StackTraceElement> started, boolean ofExecutor) implements Left {

    @Override
    public Leak leak() {
        if (isHttpClient()) {
            return leak("unclosed HttpClient", Findings.HTTP_CLIENT_FIX);
        }
        if (TimerThreads.isOpen(thread)) {
            return leak("running Timer \"" + thread.getName() + "\"" + state(), "cancel it");
        }
        String what = "platform thread \"" + thread.getName() + "\"" + state();
        return ofExecutor
                ? leak(what + ", of an executor that was shut down", "wait for it, and let its task heed interruption")
                : leak(what, "let it end, e.g. interrupt it, and join it");
    }

    private Leak leak(String what, String fix) {
        return new Leak(
                LeakKind.PLATFORM_THREAD, what, started, CallStack.userCode(List.of(thread.getStackTrace())), fix);
    }

    private String state() {
        String state = thread.getState().name().replace('_', ' ').toLowerCase(Locale.ROOT);
        return " (" + state + (thread.isDaemon() ? ", daemon)" : ", no daemon: it may keep the JVM from ending)");
    }

    @Override
    public boolean mayEnd() {
        return !TimerThreads.isOpen(thread);
    }

    /** Up to JDK 25; from 26 on that is a virtual thread, which the loop knows of. */
    boolean isHttpClient() {
        return thread.getClass().getName().equals("jdk.internal.net.http.HttpClientImpl$SelectorManager");
    }

    /** A client that was found by its selector. */
    @Override
    public boolean isPartOf(Leak found) {
        return isHttpClient() && !started.isEmpty() && found.created().equals(started);
    }
}
