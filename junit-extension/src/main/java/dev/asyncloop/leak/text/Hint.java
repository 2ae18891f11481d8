package dev.asyncloop.leak.text;

import dev.asyncloop.leak.Leak;
import dev.asyncloop.leak.LeakKind;
import dev.asyncloop.registers.DescriptorOrigins;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Something to switch on, after which a message shows where a thing came from. */
public enum Hint {
    AGENT(
            leak -> leak.kind() == LeakKind.FILE_DESCRIPTOR && !DescriptorOrigins.installed(),
            "-javaagent:<path of asyncloop-junit.jar> shows the line that opened it"),
    DEBUG(
            leak -> leak.kind() == LeakKind.PENDING_TIMER,
            "EventLoop.setDebug(true), before it is scheduled, shows the line that does so");

    private final Predicate<Leak> helps;
    private final String text;

    Hint(Predicate<Leak> helps, String text) {
        this.helps = helps;
        this.text = text;
    }

    /** A line for each hint that would help with one of these leaks; empty if none would. */
    public static String lines(List<Leak> leaks) {
        return Stream.of(values())
                .filter(hint -> leaks.stream().anyMatch(leak -> leak.created().isEmpty() && hint.helps.test(leak)))
                .map(hint -> "\n  hint: " + hint.text)
                .collect(Collectors.joining());
    }
}
