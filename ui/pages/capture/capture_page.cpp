// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/pages/capture/capture_page.h"

#include "ui/models/ticker.h"
#include "ui/pages/reread_row.h"
#include "ui/protocols/protocol_box.h"
#include "ui/protocols/protocol_library.h"
#include "ui/theme/theme.h"

#include <QApplication>
#include <QCheckBox>
#include <QFileInfo>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>
#include <QVBoxLayout>

namespace sockeye {

namespace {
constexpr int progressSteps = 1000;
} // namespace

CapturePage::CapturePage(const QString& file, QWidget* parent)
    : TablesPage(parent)
    , m_file(file)
    , m_failure(new QLabel(this))
{
    m_failure->setWordWrap(true);
    m_failure->setTextFormat(Qt::PlainText);
    m_failure->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_failure->setContentsMargins(8, 0, 8, 8);
    m_failure->hide();
    setEmptyTexts(tr("No connections were found in the file."), tr("No messages were found in the file."));

    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(buildHeading());
    layout->addWidget(buildProgress());
    layout->addWidget(&rereadRow());
    layout->addWidget(m_failure);
    layout->addWidget(tables(), 1);
    connectParts();
    applyTheme();
    read();
}

QWidget* CapturePage::buildHeading()
{
    auto* heading = new QWidget;
    m_name = new QLabel(QFileInfo(m_file).fileName());
    m_name->setTextFormat(Qt::PlainText);
    m_path = new QLabel(QFileInfo(m_file).absolutePath());
    m_path->setTextFormat(Qt::PlainText);
    m_path->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_path->setToolTip(m_file);
    // A long path is cut off rather than making the window wider.
    m_path->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    m_readAs = new ProtocolBox;
    m_readAs->setTransport(std::nullopt);
    m_followBox = new QCheckBox(tr("Follow"));
    m_followBox->setToolTip(tr("Show what another program adds to the file, as it comes"));
    auto* label = new QLabel(tr("Protocol"));
    label->setBuddy(m_readAs);

    auto* layout = new QHBoxLayout(heading);
    layout->setContentsMargins(8, 8, 8, 8);
    layout->setSpacing(8);
    layout->addWidget(m_name);
    layout->addWidget(m_path, 1);
    layout->addWidget(m_followBox);
    layout->addSpacing(8);
    layout->addWidget(label);
    layout->addWidget(m_readAs);
    return heading;
}

QWidget* CapturePage::buildProgress()
{
    m_progressRow = new QWidget;
    m_progress = new QProgressBar;
    m_progress->setRange(0, progressSteps);
    m_progress->setTextVisible(false);
    m_progress->setAccessibleName(tr("Reading the file"));
    auto* cancel = new QPushButton(tr("Cancel"));
    cancel->setToolTip(tr("Stop reading; what has been read so far stays"));
    connect(cancel, &QPushButton::clicked, this, [this] {
        m_cancelled = true;
        m_capture->cancelReading();
    });
    auto* layout = new QHBoxLayout(m_progressRow);
    layout->setContentsMargins(8, 0, 8, 8);
    layout->addWidget(m_progress, 1);
    layout->addWidget(cancel);
    return m_progressRow;
}

void CapturePage::connectParts()
{
    connect(m_followBox, &QCheckBox::clicked, this, &CapturePage::setFollowing);
    connect(m_readAs, &ProtocolBox::chosen, this, &CapturePage::setProtocol);
    connect(&rereadRow(), &RereadRow::ready, this, [this](const std::shared_ptr<Capture>& capture) {
        if (capture != m_capture) {
            m_capture = capture;
            showReading(capture);
        }
    });
    connect(&rereadRow(), &RereadRow::cancelled, this, [this] {
        m_protocol = m_capture->protocol();
        m_readAs->setProtocol(m_protocol);
    });
    connect(&Theme::instance(), &Theme::changed, this, &CapturePage::applyTheme);
}

void CapturePage::read()
{
    CaptureOptions options;
    options.protocol = m_protocol;
    options.title = title();
    options.follow = m_follow;
    m_cancelled = false;
    m_capture = Capture::open(m_file, options);
    showCapture(m_capture, false);
    connect(&Ticker::instance(), &Ticker::tick, this, &CapturePage::showProgress, Qt::UniqueConnection);
    showProgress();
}

void CapturePage::showProgress()
{
    const bool reading = isReading();
    const bool following = isFollowing(); // asked last: it is set before reading is done
    m_progress->setValue(static_cast<int>(m_capture->progress() * progressSteps));
    m_progressRow->setVisible(reading);
    const Failure failure = m_capture->failure();
    m_failure->setText(failure.oneLine());
    m_failure->setVisible(static_cast<bool>(failure));
    const bool wanted = m_follow != FollowFile::Never; // it may go on for a moment after it was switched off
    m_followBox->setChecked(reading ? m_follow == FollowFile::Always : following && wanted);
    if (!reading && !following) {
        disconnect(&Ticker::instance(), &Ticker::tick, this, &CapturePage::showProgress);
    }
    if (m_toldState != stateText()) {
        m_toldState = stateText();
        Q_EMIT titleChanged();
    }
}

void CapturePage::setFollowing(bool following)
{
    m_follow = following ? FollowFile::Always : FollowFile::Never;
    if (!following) {
        m_capture->stopFollowing();
    } else if (!isFollowing()) {
        read(); // from its beginning: what was given up at its end before may be complete now
    }
    m_followBox->setChecked(following);
}

bool CapturePage::isFollowing() const
{
    return m_capture->isFollowing();
}

void CapturePage::setProtocol(const ProtocolPtr& protocol)
{
    m_readAs->setProtocol(protocol);
    if (protocol != m_protocol) {
        m_protocol = protocol;
        rereadRow().begin(m_capture, protocol);
    }
}

bool CapturePage::isReading() const
{
    return m_capture->progress() < 1.0;
}

QString CapturePage::title() const
{
    return QFileInfo(m_file).fileName();
}

QString CapturePage::stateText() const
{
    if (isReading()) {
        return tr("reading");
    }
    if (m_capture->failure()) {
        return tr("not all readable");
    }
    if (isFollowing()) {
        return tr("following");
    }
    return m_cancelled ? tr("read in part") : tr("file");
}

QIcon CapturePage::icon() const
{
    return Theme::instance().icon(QStringLiteral("capture"));
}

QJsonObject CapturePage::saveState() const
{
    QJsonObject state {
        { QStringLiteral("kind"), QStringLiteral("capture") },
        { QStringLiteral("file"), m_file },
        { QStringLiteral("framing"), m_protocol->id() },
        { QStringLiteral("follow"), m_follow == FollowFile::Always },
    };
    saveTables(state);
    return state;
}

void CapturePage::restore(const QJsonObject& state)
{
    ProtocolLibrary::instance().restore(state.value(QStringLiteral("framing")).toString(), this,
        [this](const ProtocolPtr& protocol) { setProtocol(protocol); });
    if (state.value(QStringLiteral("follow")).toBool()) {
        setFollowing(true);
    }
    restoreTables(state);
}

void CapturePage::applyTheme()
{
    const Theme& theme = Theme::instance();
    QFont strong(QApplication::font());
    strong.setWeight(QFont::DemiBold);
    m_name->setFont(strong);
    QPalette muted = QApplication::palette();
    muted.setColor(QPalette::WindowText, theme.muted());
    m_path->setPalette(muted);
    QPalette error = QApplication::palette();
    error.setColor(QPalette::WindowText, theme.error());
    m_failure->setPalette(error);
}

} // namespace sockeye
