package dev.asyncloop.samples.jupiter;

/** Adds up what is bought; the prices come from a catalogue that everybody shares. */
final class Till {

    /** Prices in cents. */
    static final class Catalogue {

        private Catalogue() {}

        static int price(String article) {
            return article.length() * 10;
        }
    }

    private int total;

    void scan(String article) {
        total += Catalogue.price(article);
    }

    int total() {
        return total;
    }
}
