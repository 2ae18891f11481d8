package dev.asyncloop.testcontainers.engine;

import com.github.dockerjava.api.command.InspectContainerResponse;
import com.github.dockerjava.api.exception.NotFoundException;
import dev.asyncloop.text.TypeNames;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.testcontainers.containers.GenericContainer;

/** What messages say about a container. Any thread. */
public final class ContainerState {

    private static final int DIGITS_OF_ID = 12; // as docker prints it

    private static final Pattern IMAGE = Pattern.compile("imageName=([^,)]+)");

    private ContainerState() {}

    /** The name of its image, or of its class if the image is not known. Does not ask the engine. */
    public static String name(GenericContainer<?> container) {
        if (container.getContainerId() != null) {
            return container.getDockerImageName();
        }
        Matcher image = IMAGE.matcher(container.getImage().toString());
        return image.find() && !image.group(1).startsWith("<") ? image.group(1) : TypeNames.of(container.getClass());
    }

    /** Its name, and the number of its container if there is one. Does not ask the engine. */
    public static String element(GenericContainer<?> container) {
        String id = container.getContainerId();
        return id == null ? name(container) : name(container) + ", container " + id.substring(0, DIGITS_OF_ID);
    }

    /** The state of each container, the end of its log and its last events. Ends where the engine stops answering. */
    public static String describe(List<? extends GenericContainer<?>> containers) {
        List<String> told = new ArrayList<>();
        try {
            for (GenericContainer<?> container : containers) {
                told.add(DockerEngine.ask("for the state of " + element(container), () -> describe(container)));
            }
        } catch (SilentEngineException silent) {
            told.add(silent.getMessage());
        }
        return String.join("\n", told);
    }

    private static String describe(GenericContainer<?> container) throws InterruptedException {
        if (container.getContainerId() == null) {
            return name(container) + " has no container";
        }
        String state;
        try {
            state = state(container) + LogTail.of(container.getLogs());
        } catch (NotFoundException removed) {
            state = "has been removed, and its log";
        }
        return element(container) + ", " + state + ContainerEvents.of(container);
    }

    private static String state(GenericContainer<?> container) {
        InspectContainerResponse.ContainerState state =
                container.getCurrentContainerInfo().getState();
        Long code = state.getExitCodeLong();
        return "exited".equals(state.getStatus()) && code != null
                ? "has exited with " + code
                : "is " + state.getStatus();
    }
}
