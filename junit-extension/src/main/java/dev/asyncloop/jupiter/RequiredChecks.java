package dev.asyncloop.jupiter;

import dev.asyncloop.agent.JdkAccess;
import dev.asyncloop.jupiter.settings.Settings;
import dev.asyncloop.leak.account.Hooks;
import dev.asyncloop.loop.LoopEngine;
import dev.asyncloop.text.Unseen;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;

/** Whether this JVM can look for what the run asks for. If it cannot, no test class passes. */
final class RequiredChecks {

    private RequiredChecks() {}

    /**
     * Passes if the JVM can look for what is asked for. It asks the JVM once; each class gets an exception of its own.
     *
     * @throws ExtensionConfigurationException if it cannot; the message says what would be missed, and the ways out
     */
    static void pass(Settings settings) {
        if (isChosen(LoopEngine.SCHEDULER, settings) && isClosed()) {
            throw refusal(Constants.ENGINE_PARAMETER, "scheduler", JdkAccess.whyClosed());
        }
        switch (settings.requires()) {
            case NOTHING -> {}
            case SCHEDULER -> {
                ensureNotPortable("scheduler", settings);
                if (isClosed()) {
                    throw unseen(
                            "scheduler", "the JDK is closed to asyncloop", Unseen.WITHOUT_SCHEDULER, JdkAccess.ways());
                }
            }
            case AGENT -> {
                ensureNotPortable("agent", settings);
                if (JdkAccess.instrumentation() == null) {
                    throw unseen(
                            "agent",
                            "there is no agent",
                            isClosed() ? Unseen.WITHOUT_BOTH : Unseen.WITHOUT_AGENT,
                            JdkAccess.waysToAgent());
                }
                if (!Hooks.areThere()) {
                    throw unseen(
                            "agent",
                            "this JDK does not take all hooks",
                            "some of " + Unseen.WITHOUT_AGENT,
                            "The log says why; a newer asyncloop may know Java " + Runtime.version());
                }
                if (!Hooks.areInCoroutines()) {
                    throw unseen(
                            "agent",
                            "this kotlinx.coroutines does not take all hooks",
                            Unseen.WITHOUT_COROUTINES,
                            "The log says why; a newer asyncloop may know that version");
                }
            }
        }
    }

    private static void ensureNotPortable(String required, Settings settings) {
        if (isChosen(LoopEngine.PORTABLE, settings)) {
            throw unseen(
                    required,
                    Constants.ENGINE_PARAMETER + " is 'portable'",
                    Unseen.WITHOUT_SCHEDULER,
                    "Remove one of the two");
        }
    }

    private static boolean isChosen(LoopEngine engine, Settings settings) {
        return settings.engine().filter(engine::equals).isPresent();
    }

    private static boolean isClosed() {
        return JdkAccess.current() == JdkAccess.NONE;
    }

    private static ExtensionConfigurationException unseen(
            String required, String reason, String unseen, String wayOut) {
        return refusal(
                Constants.REQUIRE_PARAMETER,
                required,
                reason + ", so these would not be looked for: " + unseen + ". " + wayOut);
    }

    private static ExtensionConfigurationException refusal(String parameter, String value, String but) {
        return new ExtensionConfigurationException(
                "The configuration parameter " + parameter + " is '" + value + "', but " + but);
    }
}
