package dev.asyncloop.leak.text;

import java.net.URL;
import java.util.List;
import java.util.Optional;

/** Which line of a stack is the one to show: the first of the project's own code, or else the first. */
public final class ProjectCode {

    private ProjectCode() {}

    public static Optional<StackTraceElement> line(List<StackTraceElement> stack) {
        return stack.stream()
                .filter(ProjectCode::isInFolder)
                .findFirst()
                .or(() -> stack.stream().findFirst());
    }

    /** Libraries are in archives; what is being worked on is compiled to folders. */
    public static boolean isInFolder(StackTraceElement frame) {
        ClassLoader loader = Optional.ofNullable(Thread.currentThread().getContextClassLoader())
                .orElseGet(ClassLoader::getSystemClassLoader);
        URL file = loader.getResource(frame.getClassName().replace('.', '/') + ".class");
        return file != null && file.getProtocol().equals("file");
    }
}
