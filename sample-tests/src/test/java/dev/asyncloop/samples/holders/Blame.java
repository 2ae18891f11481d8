package dev.asyncloop.samples.holders;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import dev.asyncloop.leak.LeakError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.Logger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Event;

/** Who is blamed when classes that know nothing of the extension are run with it. */
final class Blame {

    /** Stands for the class among the names of tests. */
    static final String THE_CLASS = "the class";

    private static final Logger LOGGER = Logger.getLogger("dev.asyncloop");
    private static final Pattern FINDING = Pattern.compile(
            "\\{\"kind\":\"(.*?)\",\"mode\":\"(.*?)\",\"test\":\"(.*?)\",.*?\"what\":\"(.*?)\",\"count.*");
    private static final Pattern METHOD = Pattern.compile("\\[(?:method|test-template):(\\w+)\\(");
    private static final String KEPT = "kept";
    private static final String SLOW = " has kept its event loop from "; // the first use of a large library may

    private final Map<String, List<String>> entries = new TreeMap<>();

    private Blame() {}

    /** What fails or is warned of, by the name of the test, or {@link #THE_CLASS}; empty where nobody is told anything. */
    static Map<String, List<String>> of(Class<?>... specimens) {
        assertThat(HelloServer.FOR_ALL.port()).isPositive();
        Blame blame = new Blame();
        Queue<String> logged = new ConcurrentLinkedQueue<>();
        LOGGER.setFilter(logging -> {
            if (!logging.getMessage().contains(SLOW)) {
                logged.add(logging.getMessage());
            }
            return false;
        });
        try {
            Path findings = Files.createTempFile("asyncloop", ".jsonl");
            List<Event> failed = EngineTestKit.engine("junit-jupiter")
                    .configurationParameter("junit.jupiter.extensions.autodetection.enabled", "true")
                    .configurationParameter("asyncloop.leaks.json", findings.toString())
                    .selectors(Stream.of(specimens)
                            .map(specimen -> selectClass(specimen))
                            .toArray(DiscoverySelector[]::new))
                    .execute()
                    .allEvents()
                    .failed()
                    .list();
            Files.readAllLines(findings).forEach(blame::find);
            Files.delete(findings);
            failed.forEach(blame::fail);
        } catch (IOException unreadable) {
            throw new IllegalStateException(unreadable);
        } finally {
            LOGGER.setFilter(null);
        }
        if (blame.entries.isEmpty()) {
            logged.forEach(message -> blame.add("somebody", message));
        }
        return blame.entries;
    }

    private void find(String line) {
        Matcher finding = FINDING.matcher(line);
        assertThat(finding.matches()).as(line).isTrue();
        if (!finding.group(2).equals(KEPT)) {
            add(owner(finding.group(3)), finding.group(1) + ": " + finding.group(4));
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
