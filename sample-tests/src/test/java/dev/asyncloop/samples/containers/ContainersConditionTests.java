package dev.asyncloop.samples.containers;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;
import static org.junit.platform.testkit.engine.EventConditions.container;
import static org.junit.platform.testkit.engine.EventConditions.event;
import static org.junit.platform.testkit.engine.EventConditions.finishedSuccessfully;
import static org.junit.platform.testkit.engine.EventConditions.finishedWithFailure;
import static org.junit.platform.testkit.engine.EventConditions.skippedWithReason;
import static org.junit.platform.testkit.engine.EventConditions.test;
import static org.junit.platform.testkit.engine.TestExecutionResultConditions.message;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Events;

/** Where no engine answers, a test with containers says so: as the reason why it is skipped, or failed. */
class ContainersConditionTests {

    private static final Map<String, String> ENVIRONMENT = new HashMap<>();
    private static boolean engineAnswers;

    @AfterEach
    void forget() {
        ENVIRONMENT.clear();
        engineAnswers = false;
    }

    @Test
    void runs_where_an_engine_answers() {
        engineAnswers = true;
        ENVIRONMENT.put("CONTAINERS", "required");

        run().assertThatEvents().haveExactly(1, event(test("asks"), finishedSuccessfully()));
    }

    @Test
    void is_skipped_where_none_answers() {
        run().assertThatEvents()
                .haveExactly(
                        1,
                        event(
                                container(NeedsContainers.class),
                                skippedWithReason("No Docker engine answers, and DOCKER_HOST is not set;"
                                        + " start one, or set DOCKER_HOST")));
    }

    @Test
    void says_where_it_looked() {
        ENVIRONMENT.put("DOCKER_HOST", "unix:///run/user/7/docker.sock");

        run().assertThatEvents()
                .haveExactly(
                        1,
                        event(
                                container(NeedsContainers.class),
                                skippedWithReason(
                                        "No Docker engine answers at DOCKER_HOST=unix:///run/user/7/docker.sock;"
                                                + " start one, or set DOCKER_HOST")));
    }

    @Test
    void fails_where_none_answers_and_containers_are_required() {
        ENVIRONMENT.put("CONTAINERS", "required");

        run().assertThatEvents()
                .haveExactly(
                        1,
                        event(
                                container(NeedsContainers.class),
                                finishedWithFailure(message("No Docker engine answers, and DOCKER_HOST is not set;"
                                        + " CONTAINERS=required asks for one"))));
    }

    private static Events run() {
        return EngineTestKit.engine("junit-jupiter")
                .selectors(selectClass(NeedsContainers.class))
                .execute()
                .allEvents();
    }

    static class NeedsContainers {

        @RegisterExtension
        static final ContainersCondition CONDITION = new ContainersCondition(ENVIRONMENT::get, () -> engineAnswers);

        @Test
        void asks() {}
    }
}
