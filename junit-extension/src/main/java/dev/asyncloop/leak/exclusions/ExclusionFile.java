package dev.asyncloop.leak.exclusions;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.PatternSyntaxException;

/**
 * Reads one file of rows. It is tab-separated, and its first line names the columns, in any order. Blank lines, and
 * comments after {@code #}, are skipped. A wrong line is left out and noted; the others count. One thread.
 */
final class ExclusionFile {

    private static final List<String> REQUIRED = List.of("what", "creator", "name", "why");
    private static final List<String> COLUMNS = List.of("what", "creator", "name", "why", "since", "test");

    private final String file;
    private final boolean trusted;
    private final List<Exclusion> rows = new ArrayList<>();
    private final List<String> problems = new ArrayList<>();
    private List<String> columns = List.of();

    /**
     * {@code trusted} is for our own file. Our tests compile its regular expressions, which would cost each run
     * milliseconds.
     */
    ExclusionFile(String file, boolean trusted) {
        this.file = file;
        this.trusted = trusted;
    }

    List<Exclusion> rows() {
        return rows;
    }

    /** What is wrong, a line each, with the file and the number of the line. */
    List<String> problems() {
        return problems;
    }

    ExclusionFile read(String text) {
        int number = 0;
        for (int start = 0; start < text.length(); ) {
            int end = text.indexOf('\n', start);
            String line = text.substring(start, end < 0 ? text.length() : end);
            start = end < 0 ? text.length() : end + 1;
            number++;
            if (!line.isBlank() && !line.startsWith("#")) {
                try {
                    read(cells(line));
                } catch (IllegalArgumentException wrong) {
                    problems.add(file + ":" + number + ": " + wrong.getMessage());
                }
            }
        }
        return this;
    }

    private void read(List<String> cells) {
        if (!columns.isEmpty()) {
            rows.add(row(cells));
            return;
        }
        columns = cells;
        if (!cells.containsAll(REQUIRED) || !COLUMNS.containsAll(cells)) {
            columns = COLUMNS;
            throw new IllegalArgumentException("the first line must name the columns: " + String.join(", ", REQUIRED)
                    + ", and if there are, since and test");
        }
    }

    private Exclusion row(List<String> cells) {
        if (cells.size() > columns.size()) {
            throw new IllegalArgumentException(
                    "there are " + cells.size() + " cells in " + columns.size() + " columns; between two is one tab");
        }
        String word = cell("what", cells);
        What what = What.of(word);
        if (what == null) {
            throw new IllegalArgumentException(
                    "\"" + word + "\" is not known; what is excused is one of " + List.of(What.values()));
        }
        String creator = cell("creator", cells);
        if (creator.isEmpty()) {
            throw new IllegalArgumentException("creator is blank; it must name a class or a package");
        }
        String name = cell("name", cells);
        if (name.isEmpty()) {
            throw new IllegalArgumentException("name is blank; .* is any");
        }
        if (cell("why", cells).isEmpty()) {
            throw new IllegalArgumentException("why is blank; it must say why this is nobody's");
        }
        Exclusion row = new Exclusion(what, creator, name, cell("test", cells));
        return trusted ? row : compiled(row);
    }

    private static Exclusion compiled(Exclusion row) {
        try {
            row.pattern();
            return row;
        } catch (PatternSyntaxException wrong) {
            throw new IllegalArgumentException(
                    "name is no regular expression: " + wrong.getDescription() + " in " + wrong.getPattern(), wrong);
        }
    }

    /** The cell of a column; empty if the line has none. */
    private String cell(String column, List<String> cells) {
        int index = columns.indexOf(column);
        return index < 0 || index >= cells.size() ? "" : cells.get(index);
    }

    private static List<String> cells(String line) {
        List<String> cells = new ArrayList<>();
        for (int start = 0; start <= line.length(); ) {
            int end = line.indexOf('\t', start);
            end = end < 0 ? line.length() : end;
            cells.add(line.substring(start, end).strip());
            start = end + 1;
        }
        return cells;
    }
}
