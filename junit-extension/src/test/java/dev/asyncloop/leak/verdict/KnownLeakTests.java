package dev.asyncloop.leak.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncloop.leak.Leak;
import dev.asyncloop.leak.LeakKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a line of a baseline says of who created a leak. */
class KnownLeakTests {

    private static final String NAME = KnownLeakTests.class.getName();

    /** In one build the store is in a folder, in another in an archive, as AssertJ is here. */
    private static final Leak THROUGH_A_LIBRARY = new Leak(
            LeakKind.EXECUTOR,
            "executor",
            List.of(
                    frame("org.assertj.core.api.Assertions", "assertThat"),
                    frame(NAME, "ships"),
                    frame(NAME, "caller")),
            List.of(),
            "shut it down");

    private static StackTraceElement frame(String type, String method) {
        return new StackTraceElement(type, method, "Some.java", 7);
    }

    @CsvSource({
        "org.shop.Orders,                      ship,                    org.shop.Orders.ship",
        "org.shop.Orders,                      <init>,                  org.shop.Orders.<init>",
        "org.shop.Orders,                      lambda$ship$0,           org.shop.Orders.ship",
        "org.shop.Orders,                      lambda$lambda$ship$0$12, org.shop.Orders.ship",
        "org.shop.Orders,                      lambda$new$3,            org.shop.Orders.<init>",
        "org.shop.Orders,                      lambda$static$3,         org.shop.Orders.<clinit>",
        "org.shop.Orders,                      ship$lambda$0,           org.shop.Orders.ship",
        "org.shop.Orders,                      ship$lambda-0,           org.shop.Orders.ship",
        "org.shop.Orders,                      ship$lambdas,            org.shop.Orders.ship$lambdas",
        "org.shop.Orders$1,                    run,                     org.shop.Orders.run",
        "org.shop.Orders$1$2,                  run,                     org.shop.Orders.run",
        "org.shop.Orders$Line$12,              run,                     org.shop.Orders$Line.run",
        "org.shop.Orders$1Local,               run,                     org.shop.Orders$Local.run",
        "org.shop.Orders$$SpringCGLIB$$0,      ship,                    org.shop.Orders.ship",
        "org.shop.Orders2,                     ship2,                   org.shop.Orders2.ship2"
    })
    @ParameterizedTest
    void numbers_of_compilers_are_left_out(String type, String method, String name) {
        assertThat(KnownLeak.method(frame(type, method))).isEqualTo(name);
    }

    @Test
    void the_method_shown_stands_for_a_leak_and_any_nearer_to_it() {
        assertThat(KnownLeak.namesOf("T", THROUGH_A_LIBRARY))
                .extracting(KnownLeak::toString)
                .containsExactly(
                        "T; executor; org.assertj.core.api.Assertions.assertThat", "T; executor; " + NAME + ".ships");
    }

    @Test
    void a_baseline_knows_a_leak_by_the_method_shown_or_by_one_nearer_to_it(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("leaks.txt");
        for (String known : List.of("org.assertj.core.api.Assertions.assertThat", NAME + ".ships")) {
            Files.writeString(file, "T; executor; " + known);
            assertThat(Baseline.read(file).of("T")).as(known).accepts(THROUGH_A_LIBRARY);
        }
        Files.writeString(file, "T; executor; " + NAME + ".caller");
        assertThat(Baseline.read(file).of("T")).rejects(THROUGH_A_LIBRARY);
    }

    @Test
    void a_sign_stands_for_a_method_that_nobody_saw() {
        Leak leak = new Leak(LeakKind.FILE_DESCRIPTOR, "open file descriptor 17", List.of(), List.of(), "close it");
        assertThat(KnownLeak.namesOf("T", leak))
                .extracting(KnownLeak::toString)
                .containsExactly("T; file-descriptor; ?");
    }
}
