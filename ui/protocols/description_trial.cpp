// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/protocols/description_trial.h"

#include "app/descriptions/description_file.h"
#include "app/threads/background_threads.h"
#include "protocol/protocols/described/described_protocol.h"

#include <QCoreApplication>
#include <QPointer>
#include <QThreadPool>

namespace sockeye {

namespace {

TrialResult tryOut(const QString& file, const QByteArray& text, QByteArray bytes)
{
    TrialResult result;
    const auto loaded = loadDescription(file, text);
    if (!loaded) {
        result.mistakes = loaded.error();
        return result;
    }
    result.isUsable = true;
    result.mistakes = (*loaded)->warnings() + (*loaded)->selfTest();
    result.examples = (*loaded)->examples();
    if (bytes.isEmpty() && !result.examples.isEmpty()) {
        bytes = result.examples.constFirst();
    }
    if (bytes.isEmpty()) {
        return result;
    }
    const ProtocolPtr protocol = std::make_shared<const DescribedProtocol>(file, *loaded);
    const auto message = std::make_shared<InspectedMessage>();
    message->protocol = protocol;
    message->annotation = annotate(protocol, bytes);
    result.summary = protocol->summary(bytes, bytes.size()).text;
    result.message = message;
    return result;
}

} // namespace

DescriptionTrial::DescriptionTrial(QObject* parent)
    : QObject(parent)
    , m_latest(std::make_shared<std::atomic<quint64>>(0))
{
}

DescriptionTrial::~DescriptionTrial()
{
    ++*m_latest;
}

void DescriptionTrial::start(const QString& file, const QByteArray& text, const QByteArray& bytes)
{
    const quint64 number = ++*m_latest;
    backgroundThreads().start([trial = QPointer<DescriptionTrial>(this), latest = m_latest, number, file, text, bytes] {
        if (*latest != number) {
            return;
        }
        const TrialResult result = tryOut(file, text, bytes);
        QMetaObject::invokeMethod(
            QCoreApplication::instance(),
            [trial, latest, number, result] {
                if (trial && *latest == number) {
                    Q_EMIT trial->done(result);
                }
            },
            Qt::QueuedConnection);
    });
}

} // namespace sockeye
