package dev.asyncloop.testcontainers.engine;

import com.github.dockerjava.api.command.CreateContainerCmd;
import java.util.HashMap;
import java.util.Map;
import org.testcontainers.core.CreateContainerCmdModifier;
import org.testcontainers.utility.TestcontainersConfiguration;

/** Labels the containers that an owner is charged with. Testcontainers calls it. */
@SuppressWarnings("exports") // whoever uses it has Testcontainers
public final class CreationNotes implements CreateContainerCmdModifier {

    static final String LABEL = "dev.asyncloop.creation";

    /** For Testcontainers, which calls it on the thread that starts a container. */
    public CreationNotes() {}

    @Override
    public CreateContainerCmd modify(CreateContainerCmd command) {
        if (TestcontainersConfiguration.getInstance().environmentSupportsReuse()) {
            return command; // it is meant to stay; and a label would keep it from being found again
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
