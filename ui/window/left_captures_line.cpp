// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/window/left_captures_line.h"

#include "app/threads/background_threads.h"
#include "ui/theme/theme.h"
#include "ui/window/file_dialogs.h"

#include <QAccessible>
#include <QDir>
#include <QFileInfo>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>
#include <QPointer>
#include <QPushButton>
#include <QThreadPool>

#include <numeric>
#include <utility>

namespace sockeye {

LeftCapturesLine::LeftCapturesLine(QWidget* parent)
    : QFrame(parent)
    , m_sign(new QLabel(this))
    , m_text(new QLabel(this))
{
    setAccessibleName(tr("Captures left behind"));
    m_text->setWordWrap(true);
    m_text->setTextFormat(Qt::PlainText);
    m_text->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Preferred);
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(12, 4, 8, 4);
    layout->addWidget(m_sign);
    layout->addWidget(m_text, 1);
    const auto add = [&](const QString& label, const QString& accessible, const QString& help, auto&& clicked) {
        auto* button = new QPushButton(label, this);
        button->setAccessibleName(accessible);
        button->setToolTip(help);
        connect(button, &QPushButton::clicked, this, clicked);
        layout->addWidget(button);
        m_buttons.push_back(button);
    };
    add(tr("Open"), tr("Open what was left behind"), tr("Show them; they stay in Sockeye's folder for a while"),
        [this] { work([](LeftCapture& each) { return each.keep(); }, &LeftCapturesLine::opened); });
    add(tr("Save…"), tr("Save what was left behind"), tr("Move them to a place of your own"), [this] { save(); });
    add(tr("Discard"), tr("Discard what was left behind"), tr("Remove them for good"),
        [this] { work([](LeftCapture& each) { return each.discard(); }, nullptr); });
    add(tr("Later"), tr("Decide later about what was left behind"), tr("Ask again at the next start"), [this] {
        m_left.clear();
        hide();
    });
    setAutoFillBackground(true);
    hide();
    connect(&Theme::instance(), &Theme::changed, this, &LeftCapturesLine::applyTheme);
    applyTheme();
}

void LeftCapturesLine::look(const QString& folder, const SpoolRetention& retention, bool asked)
{
    m_left.clear(); // what we hold would not be found
    hide();
    backgroundThreads().start([line = QPointer(this), folder, retention, asked] {
        auto left = claimLeftCaptures(folder, retention);
        // The pointer is only looked at in the line's own thread.
        QMetaObject::invokeMethod(qApp, [line, left = std::move(left), asked]() mutable {
            if (line != nullptr) {
                line->offer(std::move(left), asked);
            }
        });
    });
}

void LeftCapturesLine::offer(Left left, bool asked)
{
    m_left = std::move(left);
    setVisible(!m_left.empty());
    if (m_left.empty()) {
        if (asked) {
            Q_EMIT nothingLeft();
        }
        return;
    }
    const qint64 bytes = std::accumulate(
        m_left.begin(), m_left.end(), qint64 { 0 }, [](qint64 sum, const auto& each) { return sum + each->size(); });
    const QString what = m_left.size() == 1 ? tr("a capture") : tr("%1 captures").arg(m_left.size());
    m_text->setText(tr("Sockeye ended without being closed and left %1 behind: %2, last written %3.")
                        .arg(what, QLocale().formattedDataSize(bytes),
                            QLocale().toString(m_left.front()->lastWritten(), QLocale::ShortFormat)));
    for (QPushButton* button : m_buttons) {
        button->setEnabled(true);
    }
    QAccessibleEvent event(m_text, QAccessible::Alert);
    QAccessible::updateAccessibility(&event);
}

QString LeftCapturesLine::text() const
{
    return isHidden() ? QString() : m_text->text();
}

void LeftCapturesLine::save()
{
    const auto count = static_cast<qsizetype>(m_left.size());
    askWhereToSaveLeftCaptures(window(), count, [line = QPointer(this), count](const QString& place) {
        if (line == nullptr || line->m_left.empty()) {
            return;
        }
        line->work(
            [place, count](LeftCapture& each) {
                return each.moveTo(count == 1 ? place : QDir(place).filePath(QFileInfo(each.file()).fileName()));
            },
            &LeftCapturesLine::saved);
    });
}

void LeftCapturesLine::work(
    const std::function<Failure(LeftCapture&)>& task, void (LeftCapturesLine::*signal)(const QStringList&))
{
    for (QPushButton* button : m_buttons) {
        button->setEnabled(false);
    }
    backgroundThreads().start([line = QPointer(this), left = std::exchange(m_left, {}), task, signal] {
        Done done;
        for (const auto& each : left) {
            if (const Failure failure = task(*each)) {
                done.failure = failure;
                done.remaining.push_back(each);
            } else {
                done.files.append(each->file());
            }
        }
        QMetaObject::invokeMethod(qApp, [line, done, signal] {
            if (line != nullptr) {
                line->finish(done, signal);
            }
        });
    });
}

void LeftCapturesLine::finish(const Done& done, void (LeftCapturesLine::*signal)(const QStringList&))
{
    if (done.remaining.empty()) {
        hide();
    } else {
        offer(done.remaining, false);
    }
    if (done.failure) {
        Q_EMIT failed(done.failure);
    }
    if (signal != nullptr && !done.files.isEmpty()) {
        Q_EMIT(this->*signal)(done.files);
    }
}

void LeftCapturesLine::applyTheme()
{
    const Theme& theme = Theme::instance();
    QPalette colours = QGuiApplication::palette();
    colours.setColor(QPalette::Window, theme.notice());
    setPalette(colours);
    m_sign->setPixmap(theme.icon(QStringLiteral("capture")).pixmap(16));
}

} // namespace sockeye
