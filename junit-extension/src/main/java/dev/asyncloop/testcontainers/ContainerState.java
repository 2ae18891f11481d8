package dev.asyncloop.testcontainers;

import com.github.dockerjava.api.command.InspectContainerResponse;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.testcontainers.containers.GenericContainer;

/** What messages say of a container. Any thread; the engine is asked. */
final class ContainerState {

    private static final int DIGITS_OF_ID = 12; // as docker prints it

    private static final Pattern IMAGE = Pattern.compile("imageName=([^,)]+)");

    private ContainerState() {}

    /** The name of its image, where that is known, or else of its class. The engine is not asked. */
    static String name(GenericContainer<?> container) {
        if (container.getContainerId() != null) {
            return container.getDockerImageName();
        }
        Matcher image = IMAGE.matcher(container.getImage().toString());
        return image.find() && !image.group(1).startsWith("<")
                ? image.group(1)
                : container.getClass().getSimpleName();
    }

    /** Its state and the end of its log. */
    static String describe(GenericContainer<?> container) {
        if (container.getContainerId() == null) {
            return name(container) + " has no container";
        }
        return name(container) + ", container " + container.getContainerId().substring(0, DIGITS_OF_ID) + ", "
                + state(container) + LogTail.of(container.getLogs());
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
