package dev.asyncloop.testcontainers.engine;

import static java.util.stream.Collectors.toMap;

import com.github.dockerjava.api.model.Container;
import dev.asyncloop.leak.Leak;
import dev.asyncloop.leak.LeakKind;
import dev.asyncloop.text.Log;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.testcontainers.DockerClientFactory;

/** Asks the engine which containers run. Any thread. */
public final class RunningContainers {

    private RunningContainers() {}

    /** The containers of {@code created} that run, as leaks; empty if the engine does not answer. */
    static List<Leak> of(List<Creation> created) {
        Map<String, Container> running;
        try {
            running = DockerEngine.ask("for the containers that run", RunningContainers::byLabel);
        } catch (SilentEngineException silent) {
            Log.log(Level.DEBUG, String.valueOf(silent.getMessage()));
            return List.of();
        }
        return created.stream()
                .filter(creation -> running.containsKey(creation.label()))
                .map(creation -> leak(Objects.requireNonNull(running.get(creation.label())), creation))
                .toList();
    }

    private static Map<String, Container> byLabel() {
        return DockerClientFactory.lazyClient()
                .listContainersCmd()
                .withLabelFilter(
                        Map.of(DockerClientFactory.TESTCONTAINERS_SESSION_ID_LABEL, DockerClientFactory.SESSION_ID))
                .exec()
                .stream()
                .filter(container -> container.getLabels().containsKey(CreationNotes.LABEL))
                .collect(toMap(
                        container ->
                                Objects.requireNonNull(container.getLabels().get(CreationNotes.LABEL)),
                        container -> container));
    }

    private static Leak leak(Container container, Creation creation) {
        return new Leak(
                LeakKind.OTHER,
                "running container " + container.getImage() + " \"" + container.getNames()[0].substring(1) + "\"",
                creation.stack(),
                List.of(),
                "stop it, e.g. with try-with-resources, or make it a fixture by LoopContainers.of");
    }
}
