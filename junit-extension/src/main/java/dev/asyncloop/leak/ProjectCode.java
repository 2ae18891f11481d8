package dev.asyncloop.leak;

import java.net.URL;
import java.util.List;
import java.util.Optional;

/** Which line of a stack is the one to show: the first of the project's own code, or else the first. */
final class ProjectCode {

    private ProjectCode() {}

    static Optional<StackTraceElement> line(List<StackTraceElement> stack) {
        return stack.stream()
                .filter(ProjectCode::isInFolder)
                .findFirst()
                .or(() -> stack.stream().findFirst());
    }

    /** Libraries are in archives; what is being worked on is compiled to folders. */
    static boolean isInFolder(StackTraceElement frame) {
        ClassLoader loader = Optional.ofNullable(Thread.currentThread().getContextClassLoader())
                .orElseGet(ClassLoader::getSystemClassLoader);
        URL file = loader.getResource(frame.getClassName().replace('.', '/') + ".class");
        return file != null && file.getProtocol().equals("file");
    }
}
