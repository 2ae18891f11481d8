package dev.asyncloop.leak.text;

import java.net.URL;
import java.security.CodeSource;
import java.util.List;
import java.util.Optional;

/** Tells the project's own code from that of libraries. */
public final class ProjectCode {

    private ProjectCode() {}

    /** The line of a stack to show: the first of the project's own code, or else the first. */
    public static Optional<StackTraceElement> line(List<StackTraceElement> stack) {
        return stack.stream()
                .filter(ProjectCode::isInFolder)
                .findFirst()
                .or(() -> stack.stream().findFirst());
    }

    /** Whether the frame is the project's own code: that is compiled to folders, while libraries are in archives. */
    public static boolean isInFolder(StackTraceElement frame) {
        ClassLoader loader = Optional.ofNullable(Thread.currentThread().getContextClassLoader())
                .orElseGet(ClassLoader::getSystemClassLoader);
        URL file = loader.getResource(frame.getClassName().replace('.', '/') + ".class");
        return file != null && file.getProtocol().equals("file");
    }

    /** Whether a class is the project's own code. */
    public static boolean isInFolder(Class<?> type) {
        CodeSource source = type.getProtectionDomain().getCodeSource();
        return source != null
                && source.getLocation() != null
                && source.getLocation().getPath().endsWith("/");
    }
}
