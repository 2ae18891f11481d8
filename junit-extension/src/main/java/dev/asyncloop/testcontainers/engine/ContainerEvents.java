package dev.asyncloop.testcontainers.engine;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.model.Event;
import com.github.dockerjava.api.model.EventType;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.testcontainers.containers.GenericContainer;

/** The last events of a container. Asks the engine. Any thread. */
final class ContainerEvents {

    private static final int COUNT = 10;

    /** The events that are shown. The others are noise: what tests and health checks execute, copy and inspect. */
    private static final String[] TOLD = {
        "start", "restart", "stop", "kill", "die", "oom", "pause", "unpause", "health_status", "destroy"
    };

    private ContainerEvents() {}

    /** The last events, as the end of a description; empty if the engine remembers none. */
    static String of(GenericContainer<?> container) throws InterruptedException {
        List<Event> events = events(container);
        if (events.isEmpty()) {
            return "";
        }
        return "\n  its last events are\n    "
                + String.join(
                        "\n    ",
                        events.subList(Math.max(0, events.size() - COUNT), events.size()).stream()
                                .map(ContainerEvents::describe)
                                .toList());
    }

    private static List<Event> events(GenericContainer<?> container) throws InterruptedException {
        DockerClient engine = container.getDockerClient();
        ConcurrentLinkedQueue<Event> events = new ConcurrentLinkedQueue<>();
        engine.eventsCmd()
                .withEventTypeFilter(EventType.CONTAINER)
                .withContainerFilter(container.getContainerId())
                .withEventFilter(TOLD)
                .withSince(seconds(
                        OffsetDateTime.parse(container.getContainerInfo().getCreated())))
                .withUntil(seconds(OffsetDateTime.parse(engine.infoCmd().exec().getSystemTime()))) // by its clock
                .exec(new ResultCallback.Adapter<Event>() {
                    @Override
                    public void onNext(Event event) {
                        events.add(event);
                    }
                })
                .awaitCompletion();
        return List.copyOf(events);
    }

    private static String seconds(OffsetDateTime time) {
        return "%d.%09d".formatted(time.toEpochSecond(), time.getNano());
    }

    private static String describe(Event event) {
        Instant time = Instant.EPOCH
                .plus(Duration.ofNanos(Objects.requireNonNull(event.getTimeNano())))
                .truncatedTo(ChronoUnit.MILLIS);
        Map<String, String> details =
                Objects.requireNonNull(Objects.requireNonNull(event.getActor()).getAttributes());
        return time
                + "  "
                + event.getAction()
                + (details.containsKey("exitCode") ? " with exit code " + details.get("exitCode") : "")
                + (details.containsKey("signal") ? " with signal " + details.get("signal") : "");
    }
}
