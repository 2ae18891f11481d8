package dev.asyncloop.samples.websocket;

import java.net.http.WebSocket;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;

/** What a web socket has received. */
final class Inbox implements WebSocket.Listener {

    private final BlockingQueue<String> texts = new LinkedBlockingQueue<>();

    /** The next text, when it is there. */
    String take() throws InterruptedException {
        return texts.take();
    }

    @Override
    public CompletionStage<?> onText(WebSocket socket, CharSequence text, boolean last) {
        texts.add(text.toString());
        socket.request(1);
        return null;
    }
}
