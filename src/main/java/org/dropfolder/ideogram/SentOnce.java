package org.dropfolder.ideogram;

import java.io.InputStream;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.io.entity.HttpEntityWrapper;

/** A body that is written once, straight from where its bytes rest: a client that would send it again can't. */
class SentOnce extends HttpEntityWrapper {
    SentOnce(HttpEntity form) {
        super(form);
    }

    @Override
    public boolean isRepeatable() {
        return false;
    }

    @Override
    public boolean isChunked() {
        return false;
    }

    @Override
    public boolean isStreaming() {
        return true;
    }

    @Override
    public InputStream getContent() {
        throw new UnsupportedOperationException("It is written, not read");
    }
}
