package dev.asyncloop.jupiter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;
import static org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder.request;

import dev.asyncloop.loop.Asyncio;
import dev.asyncloop.loop.EventLoop;
import dev.asyncloop.loop.LoopEngine;
import dev.asyncloop.loop.LoopOptions;
import dev.asyncloop.testing.AgentJar;
import dev.asyncloop.testing.FreshJvm;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherFactory;

/** What a JVM that is closed to asyncloop says, and the runs that ask for more than it can look for. */
@Timeout(120)
class RequiredChecksTests {

    private static final String ADD_OPENS = "--add-opens=java.base/java.lang=ALL-UNNAMED";
    private static final String NO_ATTACHING = "-Dasyncloop.self-attach=false";
    private static final String HOOKS =
            "platform threads, executors, child processes, class loaders, exceptions of tasks and threads, and who"
                    + " opened a file descriptor";
    private static final String VIRTUAL_THREADS = "virtual threads that the code under test starts";
    private static final String AGENT_OPTION = "Add -javaagent:<path of asyncloop-junit.jar> ";
    private static final String OPTIONS =
            AGENT_OPTION + "or --add-opens java.base/java.lang=ALL-UNNAMED to the options of the test JVM, ";

    @ExtendWith(AsyncLoopExtension.class)
    static class Leaks {
        @Test
        void leaves_a_virtual_thread() {
            Thread.startVirtualThread(LockSupport::park);
        }
    }

    @ExtendWith(AsyncLoopExtension.class)
    static class Clean {
        @Test
        void leaves_nothing() {}
    }

    static class Bare {
        @Test
        void knows_no_asyncloop() {}
    }

    /** By a launcher, which reads system properties as configuration parameters. */
    static class Program {
        public static void main(String[] arguments) {
            List<String> succeeded = new ArrayList<>();
            LauncherFactory.create()
                    .execute(
                            request()
                                    .selectors(
                                            selectClass(Leaks.class), selectClass(Clean.class), selectClass(Bare.class))
                                    .build(),
                            new TestExecutionListener() {
                                @Override
                                public void executionFinished(TestIdentifier test, TestExecutionResult result) {
                                    String name = test.getLegacyReportingName();
                                    result.getThrowable()
                                            .ifPresentOrElse(
                                                    thrown -> System.out.println(name + ": "
                                                            + thrown.getMessage()
                                                                    .lines()
                                                                    .findFirst()
                                                                    .orElseThrow()),
                                                    () -> succeeded.add(name));
                                }
                            });
            System.out.println(
                    succeeded.stream().filter(name -> name.endsWith(")")).toList());
        }
    }

    private static FreshJvm.Result run(String... options) throws Exception {
        return FreshJvm.run(Program.class, options);
    }

    private static String refused(String sentence) {
        String complaint = ": The configuration parameter " + sentence + "\n";
        return Leaks.class.getName() + complaint + Clean.class.getName() + complaint + "[knows_no_asyncloop()]\n";
    }

    private static final String GREEN = "[leaves_a_virtual_thread(), leaves_nothing(), knows_no_asyncloop()]\n";
    private static final String RED = "leaves_a_virtual_thread(): RequiredChecksTests.Leaks.leaves_a_virtual_thread()"
            + " left 1 thing behind\n[leaves_nothing(), knows_no_asyncloop()]\n";

    @ParameterizedTest
    @ValueSource(strings = {NO_ATTACHING, "-XX:+DisableAttachMechanism", "-XX:-EnableDynamicAgentLoading"})
    void a_jvm_that_lets_nobody_in_is_green_and_one_line_says_what_is_not_looked_for(String option) throws Exception {
        FreshJvm.Result result = run(option);
        assertThat(result.output()).isEqualTo(GREEN);
        assertThat(result.error().lines().filter(line -> line.contains("asyncloop: ")))
                .containsExactly("WARNING: asyncloop: portable engine, the JDK is closed to it. " + OPTIONS
                        + "or let asyncloop attach to it, which " + option.replace("-D", "")
                        + " forbids. Not looked for are " + VIRTUAL_THREADS + ", " + HOOKS
                        + ". Only await, sleep and the like let other tasks run, and thread-locals of JUnit's thread"
                        + " are not there in the body of a test. asyncloop.require fails a run that cannot look");
    }

    @ParameterizedTest
    @ValueSource(strings = {NO_ATTACHING, "-XX:+DisableAttachMechanism", "-XX:-EnableDynamicAgentLoading"})
    void in_such_a_jvm_a_run_that_requires_more_is_not_green(String option) throws Exception {
        String attaching = "or let asyncloop attach to it, which " + option.replace("-D", "") + " forbids";
        assertThat(run(option, "-Dasyncloop.require=scheduler").output())
                .isEqualTo(refused("asyncloop.require is 'scheduler', but the JDK is closed to asyncloop, so these"
                        + " would not be looked for: " + VIRTUAL_THREADS + ". " + OPTIONS + attaching));
        assertThat(run(option, "-Dasyncloop.require=agent").output())
                .isEqualTo(refused("asyncloop.require is 'agent', but there is no agent, so these would not be looked"
                        + " for: " + VIRTUAL_THREADS + ", " + HOOKS + ". " + AGENT_OPTION
                        + "to the options of the test JVM, " + attaching));
    }

    @Test
    void the_scheduler_can_be_asked_for_where_the_jdk_is_closed_and_is_not_replaced() throws Exception {
        assertThat(run(NO_ATTACHING, "-Dasyncloop.engine=scheduler").output())
                .isEqualTo(refused("asyncloop.engine is 'scheduler', but the JDK is closed to it. " + OPTIONS
                        + "or let asyncloop attach to it, which asyncloop.self-attach=false forbids"));
    }

    @Test
    void an_option_that_opens_the_jdk_gives_the_scheduler_and_no_agent() throws Exception {
        FreshJvm.Result result = run(ADD_OPENS, "-Dasyncloop.require=scheduler");
        assertThat(result.output()).isEqualTo(RED);
        String ways = ". " + AGENT_OPTION
                + "to the options of the test JVM, or remove --add-opens, and asyncloop attaches to it";
        assertThat(result.error().lines().filter(line -> line.contains("asyncloop: ")))
                .containsExactly("INFO: asyncloop: there is no agent. Not looked for are " + HOOKS + ways);
        assertThat(run(ADD_OPENS, "-Dasyncloop.require=agent").output())
                .isEqualTo(refused("asyncloop.require is 'agent', but there is no agent, so these would not be looked"
                        + " for: " + HOOKS + ways));
    }

    @Test
    void attached_to_itself_a_jvm_can_look_for_everything() throws Exception {
        assertThat(run("-XX:+EnableDynamicAgentLoading", "-Dasyncloop.require=agent")
                        .output())
                .isEqualTo(RED);
    }

    @Test
    void an_agent_without_its_hooks_is_not_enough(@TempDir Path folder) throws Exception {
        FreshJvm.Result result = run(AgentJar.option(folder), "-Dasyncloop.require=agent");
        assertThat(result.output())
                .isEqualTo(refused("asyncloop.require is 'agent', but this JDK does not take all hooks, so these would"
                        + " not be looked for: some of " + HOOKS
                        + ". The log says why; a newer asyncloop may know Java "
                        + Runtime.version()));
        assertThat(result.error()).contains("INFO: asyncloop: task exceptions are logged, and fail no test: ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"scheduler", "agent"})
    void what_is_required_and_the_portable_engine_contradict_each_other(String required) {
        Run run = Run.with(Map.of("asyncloop.require", required, "asyncloop.engine", "portable"), Clean.class);
        assertThat(run.failure("RequiredChecksTests$Clean"))
                .hasMessage("The configuration parameter asyncloop.require is '" + required
                        + "', but asyncloop.engine is 'portable', so these would not be looked for: " + VIRTUAL_THREADS
                        + ". Remove one of the two");
    }

    @Test
    void another_value_is_refused_with_those_that_there_are() {
        assertThat(Run.with(Map.of("asyncloop.require", "everything"), Clean.class)
                        .failure("RequiredChecksTests$Clean"))
                .hasMessage("The configuration parameter asyncloop.require is 'everything'; it may be one of"
                        + " 'nothing', 'scheduler', 'agent'");
        assertThat(Run.with(Map.of("asyncloop.engine", "fast"), Clean.class).failure("RequiredChecksTests$Clean"))
                .hasMessage("The configuration parameter asyncloop.engine is 'fast'; it may be 'scheduler' or"
                        + " 'portable'");
    }

    @ExtendWith(AsyncLoopExtension.class)
    static class Engines {

        static final List<Boolean> SCHEDULED = new ArrayList<>();

        @Test
        void of_the_test_and_of_a_loop_that_it_makes() throws InterruptedException {
            SCHEDULED.add(isOnLoop());
            try (EventLoop loop = EventLoop.create();
                    EventLoop chosen = EventLoop.create(LoopOptions.defaults().engine(LoopEngine.SCHEDULER))) {
                Asyncio.toThread(() -> {
                    SCHEDULED.add(loop.runUntilComplete(Engines::isOnLoop));
                    SCHEDULED.add(chosen.runUntilComplete(Engines::isOnLoop));
                });
            }
        }

        /** Whether a virtual thread that is started here is on the loop, as only the scheduler has it. */
        private static boolean isOnLoop() throws InterruptedException {
            List<Boolean> on = new ArrayList<>();
            Thread started = Thread.startVirtualThread(() -> on.add(isRunning()));
            Asyncio.sleep(Duration.ZERO);
            started.join();
            return on.getFirst();
        }

        private static boolean isRunning() {
            try {
                return !EventLoop.running().isClosed();
            } catch (IllegalStateException none) {
                return false;
            }
        }
    }

    /** Each run has its own engine, since the loops of its tests are made with it. */
    @Test
    void the_engine_is_that_of_the_run() {
        for (String engine : List.of("portable", "scheduler", " Portable ", "")) {
            Engines.SCHEDULED.clear();
            assertThat(Run.with(Map.of("asyncloop.engine", engine), Engines.class)
                            .failures())
                    .isEmpty();
            boolean scheduled = !engine.strip().equalsIgnoreCase("portable");
            assertThat(Engines.SCHEDULED).as(engine).containsExactly(scheduled, scheduled, true);
        }
    }
}
