// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/pages/relay/relay_reporter.h"

#include "app/reading/capture.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>
#include <QPointer>

namespace sockeye {

namespace {

/// Beside the report, of its name; one that is not there yet.
QString captureBeside(const QString& report)
{
    const QFileInfo info(report);
    const QDir folder = info.absoluteDir();
    QString name = info.completeBaseName() + QStringLiteral(".pcapng");
    for (int i = 2; folder.exists(name) && i < 10'000; ++i) {
        name = info.completeBaseName() + u'-' + QString::number(i) + QStringLiteral(".pcapng");
    }
    return folder.filePath(name);
}

} // namespace

RelayReporter::RelayReporter(QObject* parent)
    : QObject(parent)
{
    connect(&m_saver, &FileSaver::failed, this, &RelayReporter::failed);
    connect(&m_saver, &FileSaver::saved, this, [this](const QString& file) {
        if (m_captureFile) {
            saveCapture();
        } else {
            Q_EMIT saved(tr("Saved as %1").arg(file));
        }
    });
}

void RelayReporter::save(const QString& file, const RelayReport& report, const std::shared_ptr<Capture>& capture,
    const QHash<quint32, TargetLeg>& targets, bool savesCapture)
{
    if (isBusy()) {
        return;
    }
    m_file = file;
    m_capture = capture;
    m_captureFile = savesCapture ? std::make_shared<QString>() : nullptr;
    m_saver.save(file, [file, report, capture, targets, captureFile = m_captureFile](const SaveProgress&) {
        RelayReport whole = report;
        if (captureFile) {
            *captureFile = captureBeside(file);
            whole.captureFile = QFileInfo(*captureFile).fileName();
        }
        const RelayTraffic traffic = trafficOf(*capture, [&targets](quint32 connection) {
            const auto found = targets.constFind(connection);
            return found != targets.constEnd() ? std::optional(*found) : std::nullopt;
        });
        return writeWhole(file, relayReportText(whole, traffic).toUtf8());
    });
}

void RelayReporter::saveCapture()
{
    m_savesCapture = true;
    const QString captureFile = *m_captureFile;
    const QPointer<RelayReporter> reporter(this);
    m_capture->save(captureFile, [reporter, captureFile](const Failure& failure) {
        // In the capture thread.
        QMetaObject::invokeMethod(QCoreApplication::instance(), [reporter, captureFile, failure] {
            if (reporter == nullptr) {
                return;
            }
            reporter->m_savesCapture = false;
            if (failure) {
                Q_EMIT reporter->failed(failure.oneLine());
            } else {
                Q_EMIT reporter->saved(tr("Saved as %1 and %2").arg(reporter->m_file, captureFile));
            }
        });
    });
}

} // namespace sockeye
