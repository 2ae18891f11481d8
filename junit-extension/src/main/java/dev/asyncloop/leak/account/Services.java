package dev.asyncloop.leak.account;

import dev.asyncloop.text.Log;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;

/**
 * Loads what others put on the class path for us. A provider that cannot be used is left out, and a warning says so.
 */
final class Services {

    private Services() {}

    /** Loads all providers of one service; {@code name} is the word for one in messages. */
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
