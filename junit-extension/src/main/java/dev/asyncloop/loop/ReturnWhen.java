package dev.asyncloop.loop;

/** When {@link Asyncio#awaitDone(java.util.Collection, ReturnWhen)} returns. */
public enum ReturnWhen {
    /** When any of them is done. */
    FIRST_COMPLETED,
    /** When any of them failed, or all are done. A cancelled one has not failed. */
    FIRST_EXCEPTION,
    /** When all of them are done. */
    ALL_COMPLETED
}
