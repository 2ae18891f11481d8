package dev.asyncloop.origin.trace;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whose code a frame is. */
class FramesTests {

    @ParameterizedTest
    @CsvSource({
        "dev.asyncloop.agent.Agent, true",
        "dev.asyncloop.jdk.Workers, true",
        "dev.asyncloop.registers.Opening, true",
        "dev.asyncloop.origin.trace.Origin, true",
        "dev.asyncloop.leak.Ledger$Inner, true",
        "dev.asyncloop.leak.LedgerTests, false",
        "dev.asyncloop.leak.LedgerTests$Inner, false",
        "dev.asyncloops.Other, false",
        "org.example.Users, false"
    })
    void ours_are_the_packages_of_the_jar_but_for_tests_in_them(String type, boolean ours) {
        assertThat(Frames.isOurs(frame(null, type))).isEqualTo(ours);
    }

    @ParameterizedTest
    @CsvSource({
        "java.base, java.util.ArrayList, true",
        "java.base, java.lang.Thread, true",
        "java.base, java.lang.ProcessHandleImpl, false",
        "java.base, jdk.internal.reflect.DirectMethodHandleAccessor, true",
        "java.base, java.net.Socket, false",
        "java.net.http, jdk.internal.net.http.HttpClientImpl, false",
        ", java.util.Fake, false"
    })
    void a_way_to_create_is_one_of_the_jdk_that_does_not_create_for_itself(String module, String type, boolean way) {
        assertThat(Frames.isWay(frame(module, type))).isEqualTo(way);
    }

    /** Up to 5.14, in 6.0, and from 6.1 on. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "org.junit.jupiter.api.AssertTimeoutPreemptively",
                "org.junit.jupiter.api.util.PreemptiveTimeoutUtils",
                "org.junit.jupiter.api.timeout.PreemptiveTimeoutUtils"
            })
    void junit_runs_a_body_that_it_may_give_up_by_one_of_its_classes(String type) {
        assertThat(Frames.isPreemptive(frame(null, type))).isTrue();
        assertThat(Frames.isPreemptive(frame(null, "org.junit.jupiter.api.AssertTimeout")))
                .isFalse();
    }

    @Test
    void foreign_is_what_the_user_could_not_change() {
        assertThat(Frames.isForeign(frame("java.base", "java.lang.Thread"))).isTrue();
        assertThat(Frames.isForeign(frame(null, "org.junit.jupiter.engine.Any")))
                .isTrue();
        assertThat(Frames.isForeign(frame(null, "dev.asyncloop.loop.Task"))).isTrue();
        assertThat(Frames.isForeign(frame(null, "org.example.Users"))).isFalse();
    }

    private static StackTraceElement frame(String module, String type) {
        return new StackTraceElement(null, module, null, type, "method", "File.java", 1);
    }
}
