// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/pages/load/load_saver.h"

#include "app/export/pending_file.h"
#include "app/load/load_export.h"
#include "app/threads/background_threads.h"

#include <QCoreApplication>
#include <QFileDialog>
#include <QPointer>
#include <QThreadPool>

namespace sockeye {

namespace {

QString saverText(const char* text)
{
    return QCoreApplication::translate("sockeye::LoadSaver", text);
}

} // namespace

void saveLoad(QObject* page, const QString& file, const LoadReport& report,
    const std::function<void(const QString& file, const Failure& failure)>& done)
{
    const bool isCsv = file.endsWith(QLatin1StringView(".csv"), Qt::CaseInsensitive);
    const QByteArray bytes = isCsv ? loadCsv(report) : loadJson(report);
    backgroundThreads().start([page = QPointer(page), file, bytes, done] {
        PendingFile pending(file);
        if (pending.create()) {
            pending.write(bytes);
            static_cast<void>(pending.commit());
        }
        // Told in the GUI thread, where the page may have gone by then.
        QMetaObject::invokeMethod(
            QCoreApplication::instance(),
            [page, file, done, failure = pending.failure()] {
                if (page) {
                    done(file, failure);
                }
            },
            Qt::QueuedConnection);
    });
}

void askWhereToSaveLoad(QWidget* page, const std::function<const LoadReport&()>& report,
    const std::function<void(const QString& file, const Failure& failure)>& done)
{
    auto* dialog = new QFileDialog(page, saverText("Save the result of the load"), QString(),
        saverText("Everything as JSON, also for --compare (*.json);;The course over time as CSV (*.csv)"));
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(QStringLiteral("json"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->selectFile(QStringLiteral("load.json"));
    QObject::connect(dialog, &QFileDialog::filterSelected, dialog, [dialog](const QString& filter) {
        dialog->setDefaultSuffix(filter.contains(u"csv") ? QStringLiteral("csv") : QStringLiteral("json"));
    });
    QObject::connect(dialog, &QFileDialog::fileSelected, page,
        [page, report, done](const QString& file) { saveLoad(page, file, report(), done); });
    dialog->open();
}

} // namespace sockeye
