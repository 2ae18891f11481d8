package dev.asyncloop.jdk;

import java.lang.ref.WeakReference;
import java.lang.reflect.Field;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The thread by which a {@code java.net.http.HttpClient} waits for all its connections, called its selector. Any
 * thread.
 */
public final class HttpClients {

    private static final String PACKAGE = "jdk.internal.net.http.";

    private static final String SELECTOR = PACKAGE + "HttpClientImpl$SelectorManager";

    /** The field of the part that works for what the user has. */
    private static final String FACADE = "facadeRef";

    private static final Pattern NAME = Pattern.compile("HttpClient-\\d+-SelectorManager");

    private HttpClients() {}

    /** Whether it is a selector: up to JDK 25 a platform thread of a class of its own, from 26 on a virtual thread. */
    public static boolean isSelector(Thread thread) {
        return thread.isVirtual()
                ? isNameOfSelector(thread.getName())
                : thread.getClass().getName().equals(SELECTOR);
    }

    /** Whether {@code name} is that of a selector. */
    public static boolean isNameOfSelector(String name) {
        return NAME.matcher(name).matches();
    }

    /** Whether an {@code HttpClient} opened it: the descriptor was opened with that stack. */
    public static boolean haveOpened(List<StackTraceElement> opened) {
        for (StackTraceElement frame : opened) {
            if (frame.getClassName().startsWith(PACKAGE)) {
                return true;
            }
        }
        return false;
    }

    /** Whether the garbage collector has taken what the user had of {@code client}, which is the part that works. */
    public static boolean areLost(Object client) {
        for (Field field : ObjectFields.declaredBy(client.getClass())) {
            if (field.getName().equals(FACADE)) {
                return ObjectFields.reference(client, ObjectFields.offsetOf(field)) instanceof WeakReference<?> facade
                        && facade.refersTo(null);
            }
        }
        return false;
    }

    /** Whether {@code frame} is one of a selector. */
    static boolean isOfSelector(StackTraceElement frame) {
        return frame.getClassName().equals(SELECTOR);
    }
}
