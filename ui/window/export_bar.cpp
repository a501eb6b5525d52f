// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/window/export_bar.h"

#include "app/threads/application_end.h"
#include "ui/models/ticker.h"

#include <QFileInfo>
#include <QHBoxLayout>
#include <QLabel>
#include <QProgressBar>
#include <QPromise>
#include <QPushButton>
#include <QThreadPool>

namespace sockeye {

namespace {

constexpr int progressSteps = 1000;
constexpr int progressWidth = 240;
constexpr int exportsAtOnce = 2;

} // namespace

ExportBar::ExportBar(const ExportRequest& request, QWidget* parent)
    : QFrame(parent)
    , m_control(std::make_shared<ExportControl>())
    , m_text(new QLabel(tr("Exporting to %1").arg(QFileInfo(request.file).fileName())))
    , m_progress(new QProgressBar)
{
    m_text->setTextFormat(Qt::PlainText);
    m_text->setToolTip(request.file);
    // A long name is cut off rather than making the window wider.
    m_text->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    m_progress->setRange(0, progressSteps);
    m_progress->setTextVisible(false);
    m_progress->setFixedWidth(progressWidth);
    m_progress->setAccessibleName(tr("Exporting"));
    auto* cancel = new QPushButton(tr("Cancel"));
    cancel->setAccessibleName(tr("Cancel export"));
    cancel->setToolTip(tr("Stop exporting; no file is left behind"));
    connect(cancel, &QPushButton::clicked, this, [this] { m_control->cancel(); });
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(12, 4, 8, 4);
    layout->setSpacing(8);
    layout->addWidget(m_text, 1);
    layout->addWidget(m_progress);
    layout->addWidget(cancel);

    connect(&Ticker::instance(), &Ticker::tick, this, &ExportBar::showProgress);
    connect(&m_watcher, &QFutureWatcherBase::finished, this, [this] {
        Q_EMIT finished(m_watcher.result());
        deleteLater();
    });
    const auto promise = std::make_shared<QPromise<ExportResult>>();
    m_watcher.setFuture(promise->future());
    promise->start();
    threads().start([promise, request, control = m_control] {
        promise->addResult(exportMessages(request, *control));
        promise->finish();
    });
}

ExportBar::~ExportBar()
{
    m_control->cancel();
}

QThreadPool& ExportBar::threads()
{
    static QThreadPool pool;
    waitAtApplicationEnd([] { pool.waitForDone(); });
    pool.setMaxThreadCount(exportsAtOnce);
    return pool;
}

void ExportBar::showProgress()
{
    m_progress->setValue(static_cast<int>(m_control->progress() * progressSteps));
}

} // namespace sockeye
