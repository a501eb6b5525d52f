// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/filter/filter_fields.h"

#include "app/filtering/event_fields.h"
#include "app/threads/background_threads.h"

#include <QPromise>
#include <QThreadPool>

namespace sockeye {

FilterFields::FilterFields(QObject* parent)
    : QObject(parent)
{
    connect(&m_watcher, &QFutureWatcherBase::finished, this, &FilterFields::take);
    setCapture(nullptr);
}

FilterFields::~FilterFields()
{
    m_watcher.cancel();
}

void FilterFields::setCapture(std::shared_ptr<Capture> capture)
{
    m_watcher.cancel();
    m_watcher.setFuture({});
    m_capture = std::move(capture);
    m_schema = eventSchema(m_capture ? *m_capture->protocol() : *defaultProtocol());
    m_schema.hasSelection = true;
    m_forCompletion = m_schema;
    m_isWhole = false;
    m_looked = -1;
    Q_EMIT changed();
    refresh();
}

const filter::Schema& FilterFields::schema() const
{
    // What came since may have fields that nothing had before: a doubt that would be a lie is none.
    return m_isWhole && m_capture->messageCount() == m_looked ? m_forCompletion : m_schema;
}

void FilterFields::refresh()
{
    const qsizetype count = m_capture ? m_capture->messageCount() : 0;
    if (count <= m_looked || count == 0 || m_watcher.isRunning()) {
        return;
    }
    m_looked = count;
    const auto promise = std::make_shared<QPromise<FieldSample>>();
    m_watcher.setFuture(promise->future());
    promise->start();
    backgroundThreads().start([promise, capture = m_capture] {
        promise->addResult(sampleFields(*capture, [&promise] { return promise->isCanceled(); }));
        promise->finish();
    });
}

void FilterFields::take()
{
    const QFuture<FieldSample> future = m_watcher.future();
    if (future.isCanceled() || future.resultCount() == 0) {
        return;
    }
    const FieldSample sample = future.result();
    m_forCompletion.occurring = sample.fields;
    m_isWhole = sample.isWhole;
    Q_EMIT changed();
}

} // namespace sockeye
