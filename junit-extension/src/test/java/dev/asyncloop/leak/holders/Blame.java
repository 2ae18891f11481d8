package dev.asyncloop.leak.holders;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.asyncloop.jupiter.Constants;
import dev.asyncloop.leak.LeakError;
import dev.asyncloop.testing.LogCapture;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Event;

/** Who is blamed when a class that knows nothing of the extension is run with it. */
final class Blame {

    /** Stands for the class among the names of tests. */
    static final String THE_CLASS = "the class";

    private static final Pattern METHOD = Pattern.compile("\\[(?:method|test-template):(\\w+)\\(");

    private final Map<String, List<String>> entries = new TreeMap<>();

    private Blame() {}

    /** What fails or is warned of, by the name of the test, or {@link #THE_CLASS}; empty where nobody is told anything. */
    static Map<String, List<String>> of(Class<?> specimen) {
        return with(Map.of(), specimen);
    }

    /** The same with configuration parameters. */
    static Map<String, List<String>> with(Map<String, String> parameters, Class<?> specimen) {
        try (LogCapture log = LogCapture.start()) {
            Blame blame = new Blame();
            Path findings = Files.createTempFile("asyncloop", ".jsonl");
            List<Event> failed = EngineTestKit.engine("junit-jupiter")
                    .configurationParameter("junit.jupiter.extensions.autodetection.enabled", "true")
                    .configurationParameter(Constants.LEAKS_JSON_PARAMETER, findings.toString())
                    .configurationParameters(parameters)
                    .selectors(selectClass(specimen))
                    .execute()
                    .allEvents()
                    .failed()
                    .list();
            Files.readAllLines(findings).forEach(blame::find);
            Files.delete(findings);
            failed.forEach(blame::fail);
            if (blame.entries.isEmpty()) {
                log.messages().forEach(message -> blame.add("somebody", message));
            }
            return blame.entries;
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private void find(String line) {
        JsonObject finding = JsonParser.parseString(line).getAsJsonObject();
        String mode = finding.get("mode").getAsString();
        if (mode.equals("fail") || mode.equals("warn")) {
            add(
                    owner(finding.get("test").getAsString()),
                    finding.get("kind").getAsString() + ": "
                            + finding.get("what").getAsString());
        }
    }

    private void fail(Event event) {
        Throwable thrown = event.getRequiredPayload(TestExecutionResult.class)
                .getThrowable()
                .orElseThrow();
        String owner = owner(event.getTestDescriptor().getUniqueId().toString());
        if (!(thrown instanceof LeakError) || !entries.containsKey(owner)) {
            add(owner, thrown.toString());
        }
    }

    private void add(String owner, String what) {
        entries.computeIfAbsent(owner, unseen -> new ArrayList<>()).add(what);
    }

    private static String owner(String id) {
        Matcher method = METHOD.matcher(id);
        return method.find() ? method.group(1) : THE_CLASS;
    }
}
