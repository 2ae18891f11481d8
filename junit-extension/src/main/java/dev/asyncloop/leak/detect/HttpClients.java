package dev.asyncloop.leak.detect;

import dev.asyncloop.loop.snapshot.TaskKind;
import dev.asyncloop.loop.snapshot.TaskSnapshot;
import java.util.regex.Pattern;

/** The thread by which an {@code HttpClient} waits, and by which one that is not closed is found. */
public final class HttpClients {

    /** What to do about one. */
    public static final String FIX = "close the HttpClient, e.g. with try-with-resources";

    private static final String TYPE = "jdk.internal.net.http.HttpClientImpl$SelectorManager";
    private static final Pattern NAME = Pattern.compile("HttpClient-\\d+-SelectorManager");

    private HttpClients() {}

    /** Up to JDK 25; from 26 on that is a virtual thread, which the loop knows of. */
    public static boolean isSelector(Thread thread) {
        return thread.getClass().getName().equals(TYPE);
    }

    /** From JDK 26 on that is a virtual thread, and so it runs on the loop of the task that makes the client. */
    static boolean isSelector(TaskSnapshot task) {
        return task.kind() == TaskKind.VIRTUAL_THREAD
                && NAME.matcher(task.name()).matches();
    }
}
