package dev.asyncloop.samples.containers;

import static org.junit.jupiter.api.extension.ConditionEvaluationResult.disabled;
import static org.junit.jupiter.api.extension.ConditionEvaluationResult.enabled;

import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.opentest4j.AssertionFailedError;
import org.testcontainers.DockerClientFactory;

/** What {@link EnabledIfContainers} asks for. */
final class ContainersCondition implements ExecutionCondition {

    private final UnaryOperator<String> environment;
    private final BooleanSupplier engine;

    ContainersCondition() {
        this(System::getenv, () -> DockerClientFactory.instance().isDockerAvailable());
    }

    /** With an environment and an engine other than the machine's. */
    ContainersCondition(UnaryOperator<String> environment, BooleanSupplier engine) {
        this.environment = environment;
        this.engine = engine;
    }

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        if (engine.getAsBoolean()) {
            return enabled("a Docker engine answers");
        }
        if ("required".equals(environment.apply("CONTAINERS"))) {
            throw new AssertionFailedError(missing() + "; CONTAINERS=required asks for one");
        }
        return disabled(missing() + "; start one, or set DOCKER_HOST");
    }

    private String missing() {
        String host = environment.apply("DOCKER_HOST");
        return "No Docker engine answers" + (host == null ? ", and DOCKER_HOST is not set" : " at DOCKER_HOST=" + host);
    }
}
