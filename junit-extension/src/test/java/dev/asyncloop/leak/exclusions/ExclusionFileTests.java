package dev.asyncloop.leak.exclusions;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How a file of exclusions is read, and what is said of a line that is wrong. */
class ExclusionFileTests {

    private static final String HEADER = "what\tcreator\tname\twhy\tsince\ttest\n";

    private static ExclusionFile read(String text) {
        return new ExclusionFile("exclusions.tsv", false).read(text);
    }

    @Test
    void rows_are_what_is_neither_blank_nor_a_comment() {
        ExclusionFile file =
                read("# ours\r\n\n" + HEADER + "  \t\n# thread\tx\ty\tz\nthread\tcom.example.A\ta-.*\tkept");
        assertThat(file.problems()).isEmpty();
        assertThat(file.rows()).extracting(Exclusion::toString).containsExactly("thread com.example.A a-.*");
    }

    @Test
    void columns_may_stand_in_any_order_and_lines_end_as_on_windows() {
        ExclusionFile file = read("why\tname\tcreator\twhat\r\nkept\ta\tcom.example.A\tdescriptor\r\n");
        assertThat(file.problems()).isEmpty();
        assertThat(file.rows()).extracting(Exclusion::toString).containsExactly("descriptor com.example.A a");
    }

    @Test
    void a_file_of_nothing_has_no_rows() {
        assertThat(read("").problems()).isEmpty();
        assertThat(read("").rows()).isEmpty();
    }

    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        threads<t>com.example.A<t>a<t>kept |                "threads" is not known; what is excused is one of [thread, lent-thread, descriptor, temporary, loop, loop-group, loop-maker, ending-loop, ending-loop-opener, http-client, drops-client, library, runner, engine, engine-call, engine-arguments, hidden, holder]
        thread<t> <t>a<t>kept |                             creator is blank; it must name a class or a package
        thread<t>com.example.A<t><t>kept |                  name is blank; .* is any
        thread<t>com.example.A<t>a |                        why is blank; it must say why this is nobody's
        thread<t>com.example.A<t>(<t>kept |                 name is no regular expression: Unclosed group in (
        thread<t>com.example.A<t>a<t>kept<t>1<t>A<t>more |  there are 7 cells in 6 columns; between two is one tab
        """)
    @ParameterizedTest
    void a_line_that_is_wrong_is_named_and_the_next_counts(String line, String problem) {
        ExclusionFile file = read(HEADER + line.replace("<t>", "\t") + "\nthread\tcom.example.B\tb\tkept\n");
        assertThat(file.problems()).containsExactly("exclusions.tsv:2: " + problem);
        assertThat(file.rows()).extracting(Exclusion::toString).containsExactly("thread com.example.B b");
    }

    @Test
    void without_a_first_line_that_names_the_columns_they_are_taken_to_be_the_usual_ones() {
        ExclusionFile file = read("thread\tcom.example.A\ta\tkept\nthread\tcom.example.B\tb\tkept\n");
        assertThat(file.problems())
                .containsExactly(
                        "exclusions.tsv:1: the first line must name the columns: what, creator, name, why, and if"
                                + " there are, since and test");
        assertThat(file.rows()).extracting(Exclusion::toString).containsExactly("thread com.example.B b");
    }
}
