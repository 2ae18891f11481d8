package dev.asyncloop.testcontainers.engine;

import com.github.dockerjava.api.command.CreateContainerCmd;
import java.util.HashMap;
import java.util.Map;
import org.testcontainers.core.CreateContainerCmdModifier;
import org.testcontainers.utility.TestcontainersConfiguration;

/** For Testcontainers: labels the containers that somebody is charged with. */
@SuppressWarnings("exports") // who uses it has Testcontainers
public final class CreationNotes implements CreateContainerCmdModifier {

    static final String LABEL = "dev.asyncloop.creation";

    /** For Testcontainers, which asks on the thread that starts a container. */
    public CreationNotes() {}

    @Override
    public CreateContainerCmd modify(CreateContainerCmd command) {
        if (TestcontainersConfiguration.getInstance().environmentSupportsReuse()) {
            return command; // a container that may be reused is meant to stay, and is found by all that it is made of
        }
        return Creations.add().map(label -> labelled(command, label)).orElse(command);
    }

    private static CreateContainerCmd labelled(CreateContainerCmd command, String label) {
        Map<String, String> labels = new HashMap<>();
        if (command.getLabels() != null) {
            labels.putAll(command.getLabels());
        }
        labels.put(LABEL, label);
        return command.withLabels(labels);
    }
}
