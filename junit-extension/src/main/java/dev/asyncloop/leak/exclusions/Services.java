package dev.asyncloop.leak.exclusions;

import dev.asyncloop.leak.text.LeakLog;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;

/** What others put on the class path for us to use. One that is no good is left out, and a line says so. */
public final class Services {

    private Services() {}

    /** Those of one sort; {@code name} is what messages call it. */
    public static <T> List<T> load(ServiceLoader<T> loader, String name) {
        List<T> found = new ArrayList<>();
        try {
            loader.stream().forEach(provider -> {
                try {
                    found.add(provider.get());
                } catch (ServiceConfigurationError wrong) {
                    LeakLog.warn(
                            "The " + name + " " + provider.type().getName() + " cannot be used, and is left out",
                            wrong);
                }
            });
        } catch (ServiceConfigurationError wrong) {
            LeakLog.warn(
                    "A " + name + " cannot be used, and those after it are left out: " + wrong.getMessage(), wrong);
        }
        return found;
    }
}
