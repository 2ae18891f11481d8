package dev.asyncloop.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncloop.loop.EventLoop;
import dev.asyncloop.loop.LoopEngine;
import dev.asyncloop.loop.LoopOptions;
import dev.asyncloop.testing.AgentJar;
import dev.asyncloop.testing.FreshJvm;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.bytebuddy.agent.ByteBuddyAgent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** How the JDK is opened, in which order, and what is said of it. Each in a JVM of its own. */
@Timeout(120)
class JdkAccessTests {

    private static final String ADD_OPENS = "--add-opens=java.base/java.lang=ALL-UNNAMED";
    private static final String NO_SELF_ATTACH = "-Dasyncloop.self-attach=false";
    private static final String SAID = "asyncloop: JDK opened by ";

    @TempDir
    private Path folder;

    /** Uses two loops, and says how the JDK was opened and what came of it. */
    static final class UsesLoops {
        public static void main(String[] arguments) {
            Thread.currentThread().interrupt();
            System.out.println("access " + JdkAccess.current());
            System.out.println("still interrupted " + Thread.interrupted());
            for (int i = 0; i < 2; i++) {
                try (EventLoop loop = EventLoop.create(LoopOptions.defaults().engine(LoopEngine.SCHEDULER))) {
                    System.out.println("result "
                            + loop.runUntilComplete(
                                    () -> "on " + Thread.currentThread().isVirtual()));
                } catch (IllegalStateException refused) {
                    System.out.println("refused " + refused.getMessage());
                }
            }
        }
    }

    private static String outputOf(JdkAccess access) {
        return """
            access %s
            still interrupted true
            result on true
            result on true
            """.formatted(access);
    }

    @Test
    void first_by_the_agent() throws Exception {
        FreshJvm.Result result = FreshJvm.run(UsesLoops.class, AgentJar.option(folder), ADD_OPENS);
        assertThat(result.output()).isEqualTo(outputOf(JdkAccess.AGENT));
        assertThat(result.error()).isEmpty();
    }

    @Test
    void the_agent_is_enough() throws Exception {
        FreshJvm.Result result = FreshJvm.run(UsesLoops.class, AgentJar.option(folder), NO_SELF_ATTACH);
        assertThat(result.output()).isEqualTo(outputOf(JdkAccess.AGENT));
        assertThat(result.error()).isEmpty();
    }

    @Test
    void what_an_option_has_opened_is_said_once_to_who_asks() throws Exception {
        Path logging = folder.resolve("logging.properties");
        Files.writeString(logging, """
            handlers = java.util.logging.ConsoleHandler
            java.util.logging.ConsoleHandler.level = FINE
            dev.asyncloop.level = FINE
            """);
        FreshJvm.Result result = FreshJvm.run(UsesLoops.class, ADD_OPENS, "-Djava.util.logging.config.file=" + logging);
        assertThat(result.error()).containsOnlyOnce(SAID).endsWith(SAID + "--add-opens\n");
    }

    @Test
    void second_by_add_opens() throws Exception {
        FreshJvm.Result result = FreshJvm.run(UsesLoops.class, ADD_OPENS);
        assertThat(result.output()).isEqualTo(outputOf(JdkAccess.ADD_OPENS));
        assertThat(result.error()).isEmpty();
    }

    @Test
    void third_by_attaching_to_itself() throws Exception {
        FreshJvm.Result result = FreshJvm.run(UsesLoops.class);
        assertThat(result.output()).isEqualTo(outputOf(JdkAccess.SELF_ATTACHED));
        assertThat(result.error())
                .containsOnlyOnce(SAID)
                .contains(SAID + "attaching to itself; to start without the JDK's warning add -javaagent:<path of"
                        + " asyncloop-junit.jar> or --add-opens java.base/java.lang=ALL-UNNAMED to the test JVM\n");
    }

    /** Says whether it has attached to itself without a second JVM. */
    static final class AttachesBySocket {
        public static void main(String[] arguments) {
            System.out.println("attached " + SelfAttachment.attachBySocket());
            System.out.println(ByteBuddyAgent.getInstrumentation().isRetransformClassesSupported());
        }
    }

    @Test
    void attaching_takes_no_second_jvm() throws Exception {
        assertThat(FreshJvm.run(AttachesBySocket.class).output()).isEqualTo("attached true\ntrue\n");
    }

    @Test
    void a_jvm_that_handles_no_signals_is_not_ended_by_that_of_attaching() throws Exception {
        assertThat(FreshJvm.run(AttachesBySocket.class, "-Xrs").output()).isEqualTo("attached false\n");
    }

    /** The same, in what says that it is an OpenJ9. */
    static final class AttachesOnOpenJ9 {
        public static void main(String[] arguments) {
            System.setProperty("java.vm.name", "Eclipse OpenJ9 VM");
            System.out.println("attached " + SelfAttachment.attachBySocket());
        }
    }

    @Test
    void a_jvm_that_takes_the_signal_for_another_gets_none() throws Exception {
        assertThat(FreshJvm.run(AttachesOnOpenJ9.class).output()).isEqualTo("attached false\n");
    }

    @Test
    void or_else_not_at_all_which_one_sentence_says_each_time() throws Exception {
        FreshJvm.Result result = FreshJvm.run(UsesLoops.class, NO_SELF_ATTACH);
        String sentence =
                "refused asyncloop cannot build virtual threads on its event loop: the JDK is closed to it. Add"
                    + " -javaagent:<path of asyncloop-junit.jar> or --add-opens java.base/java.lang=ALL-UNNAMED to the"
                    + " options of the test JVM, or let asyncloop attach to it, which asyncloop.self-attach=false"
                    + " forbids\n";
        assertThat(result.output()).isEqualTo("access NONE\nstill interrupted true\n" + sentence + sentence);
        assertThat(result.error()).isEmpty();
        assertThat(result.exitCode()).isZero();
    }

    @Test
    void a_jvm_whose_options_forbid_it_is_not_asked() throws Exception {
        for (String option : List.of("-XX:+DisableAttachMechanism", "-XX:-EnableDynamicAgentLoading")) {
            FreshJvm.Result result = FreshJvm.run(UsesLoops.class, option);
            assertThat(result.output())
                    .startsWith("access NONE\nstill interrupted true\nrefused ") // and no dump of threads
                    .endsWith(", or let asyncloop attach to it, which " + option + " forbids\n");
            assertThat(result.error()).isEmpty();
        }
    }

    @Test
    void options_are_found_wherever_they_are_given() throws Exception {
        Path options = folder.resolve("options");
        Files.writeString(options, "-XX:+DisableAttachMechanism");
        assertThat(FreshJvm.run(UsesLoops.class, "-XX:VMOptionsFile=" + options).output())
                .endsWith("which -XX:+DisableAttachMechanism forbids\n");
        assertThat(FreshJvm.run(UsesLoops.class, "@" + options).output())
                .endsWith("which -XX:+DisableAttachMechanism forbids\n");
    }

    @Test
    void without_the_jar_that_attaches_the_sentence_says_so() throws Exception {
        String classPath = Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> !entry.contains("byte-buddy-agent"))
                .collect(Collectors.joining(File.pathSeparator));
        FreshJvm.Result result = FreshJvm.run(UsesLoops.class, "-cp", classPath);
        assertThat(result.output())
                .startsWith("access NONE\nstill interrupted true\nrefused ")
                .contains(", or let asyncloop attach to it, which failed (java.lang.NoClassDefFoundError: ");
    }
}
