package dev.asyncloop.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;

class NoteTests {

    private static String printed(Throwable thrown) {
        StringWriter text = new StringWriter();
        thrown.printStackTrace(new PrintWriter(text, true));
        return text.toString();
    }

    @Test
    void a_stack_trace_shows_nothing_but_its_text() {
        assertThat(printed(new Note("12 files are open"))).isEqualToIgnoringNewLines("12 files are open");
    }

    @Test
    void one_that_leads_to_a_place_has_that_for_its_stack() {
        StackTraceElement place = new StackTraceElement("OrderStore", "open", "OrderStore.java", 23);
        Throwable cause = new IllegalStateException("no connection");

        Note note = new Note("created here", List.of(place), cause);
        assertThat(note.getStackTrace()).containsExactly(place);
        assertThat(note).hasCause(cause);
        assertThat(printed(note)).startsWith("created here").contains("at OrderStore.open(OrderStore.java:23)");
    }
}
