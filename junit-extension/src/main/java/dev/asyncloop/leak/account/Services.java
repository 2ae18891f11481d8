package dev.asyncloop.leak.account;

import dev.asyncloop.text.Log;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;

/** What others put on the class path for us to use. One that is no good is left out, and a line says so. */
final class Services {

    private Services() {}

    /** Those of one sort; {@code name} is what messages call it. */
    static <T> List<T> load(ServiceLoader<T> loader, String name) {
        List<T> found = new ArrayList<>();
        try {
            loader.stream().forEach(provider -> {
                try {
                    found.add(provider.get());
                } catch (ServiceConfigurationError wrong) {
                    Log.log(
                            Level.WARNING,
                            "The " + name + " " + provider.type().getName() + " cannot be used, and is left out",
                            wrong);
                }
            });
        } catch (ServiceConfigurationError wrong) {
            Log.log(
                    Level.WARNING,
                    "A " + name + " cannot be used, and those after it are left out: " + wrong.getMessage(),
                    wrong);
        }
        return found;
    }
}
