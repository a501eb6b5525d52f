// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/window/welcome_page.h"

#include "ui/theme/icons.h"
#include "ui/theme/theme.h"
#include "ui/widgets/choice_button.h"
#include "ui/window/window_actions.h"

#include <QAction>
#include <QDir>
#include <QFileInfo>
#include <QGridLayout>
#include <QGuiApplication>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

namespace sockeye {

namespace {

constexpr int shownRecentFiles = 5;
constexpr int pictureSize = 96;
/// In anything smaller, margins and picture are small, too.
constexpr QSize smallSize(720, 560);

} // namespace

WelcomePage::WelcomePage(const WindowActions& actions, QWidget* parent)
    : QScrollArea(parent)
    , m_picture(new QLabel)
    , m_title(new QLabel(QStringLiteral("Sockeye")))
    , m_words(
          new QLabel(tr("An eye on your sockets. Start a server, ask it from a client, and see which bytes each read "
                        "and write carried, where the messages begin and end, and what every byte means.")))
    , m_recentHeading(new QLabel(tr("Recent files")))
    , m_recent(new QVBoxLayout)
{
    setAccessibleName(tr("Welcome"));
    setFrameShape(QFrame::NoFrame);
    setWidgetResizable(true);
    m_words->setWordWrap(true);

    addChoice(*actions.firstExchange, QStringLiteral("play"), tr("Watch a first exchange"),
        tr("A server and a client meet: a question goes out as bytes, and an answer comes back."));
    addChoice(*actions.newServer, QStringLiteral("server"), tr("Start a server"),
        tr("Listens on a port of this machine and answers. You see every connection and message."));
    addChoice(*actions.newClient, QStringLiteral("client"), tr("Start a client"),
        tr("Write a request as a form, as JSON or byte by byte, send it, and read the reply."));
    addChoice(*actions.newRelay, QStringLiteral("relay"), tr("Start a relay"),
        tr("Stands between your client and your server, shows what they say, and makes things go wrong."));
    addChoice(*actions.open, QStringLiteral("open"), tr("Open a capture"),
        tr("A pcapng or pcap file, of Sockeye's or of Wireshark's. You can also drop it here."));
    addChoice(*actions.newProtocol, QStringLiteral("protocol"), tr("Describe your protocol"),
        tr("Say which fields your messages have: every view reads them then, and a form writes them."));
    addChoice(*actions.newLoad, QStringLiteral("load"), tr("Measure a server"),
        tr("Requests a second, the time of each reply, and whether every one is right."));
    addChoice(*actions.sockets, QStringLiteral("connection"), tr("See this machine's sockets"),
        tr("Who listens where, who is connected to whom, which program it is, and what waits in its queues."));

    auto* heading = new QGridLayout;
    heading->setHorizontalSpacing(24);
    heading->setVerticalSpacing(4);
    heading->addWidget(m_picture, 0, 0, 2, 1, Qt::AlignTop);
    heading->addWidget(m_title, 0, 1, Qt::AlignBottom);
    heading->addWidget(m_words, 1, 1, Qt::AlignTop);
    heading->setColumnStretch(1, 1);

    m_choices = new QGridLayout;

    m_recent->setSpacing(0);
    m_column = new QVBoxLayout;
    m_column->addStretch(2);
    m_column->addLayout(heading);
    m_column->addLayout(m_choices);
    m_column->addWidget(m_recentHeading);
    m_column->addLayout(m_recent);
    m_column->addStretch(3);

    m_content = new QWidget;
    auto* centred = new QHBoxLayout(m_content);
    centred->addStretch(1);
    centred->addLayout(m_column);
    centred->addStretch(1);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setWidget(m_content);

    connect(&Theme::instance(), &Theme::changed, this, &WelcomePage::applyTheme);
    applyTheme();
    setRecentFiles({});
}

void WelcomePage::addChoice(QAction& action, const QString& icon, const QString& title, const QString& text)
{
    auto* button = new ChoiceButton(icon, title, text);
    connect(button, &QAbstractButton::clicked, &action, &QAction::trigger);
    m_buttons += button;
}

/// Two columns of buttons or one, and less around them where there is little room.
void WelcomePage::arrange()
{
    int widest = 0;
    for (const ChoiceButton* button : std::as_const(m_buttons)) {
        widest = qMax(widest, button->minimumSizeHint().width());
    }
    const bool isSmall = viewport()->width() < smallSize.width() || viewport()->height() < smallSize.height();
    const int margin = isSmall ? 16 : 32;
    const int spacing = isSmall ? 8 : 16;
    const int columns = viewport()->width() >= 2 * (widest + margin) + spacing ? 2 : 1;
    if (m_columns == columns && m_isSmall == isSmall) {
        return;
    }
    m_columns = columns;
    m_isSmall = isSmall;
    m_picture->setPixmap(applicationIcon().pixmap(isSmall ? pictureSize / 2 : pictureSize));
    m_content->layout()->setContentsMargins(margin, margin, margin, margin);
    m_column->setSpacing(isSmall ? 12 : 24);
    m_choices->setSpacing(spacing);
    for (int i = 0; i < m_buttons.size(); ++i) {
        m_choices->addWidget(m_buttons.at(i), i / columns, i % columns);
    }
}

void WelcomePage::resizeEvent(QResizeEvent* event)
{
    arrange();
    QScrollArea::resizeEvent(event);
}

void WelcomePage::setRecentFiles(const QStringList& files)
{
    while (QLayoutItem* item = m_recent->takeAt(0)) {
        delete item->widget();
        delete item;
    }
    m_recentHeading->setVisible(!files.isEmpty());
    for (const QString& file : files.mid(0, shownRecentFiles)) {
        QString folder = QFileInfo(file).absolutePath();
        if (folder.startsWith(QDir::homePath())) {
            folder.replace(0, QDir::homePath().size(), u'~');
        }
        auto* button = new QPushButton(QString(QFileInfo(file).fileName() + u"   " + folder).replace(u'&', u"&&"_qs));
        button->setFlat(true);
        button->setCursor(Qt::PointingHandCursor);
        button->setToolTip(file);
        button->setIcon(Theme::instance().icon(QStringLiteral("capture")));
        button->setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Fixed);
        connect(button, &QPushButton::clicked, this, [this, file] { Q_EMIT recentFileChosen(file); });
        m_recent->addWidget(button);
    }
}

void WelcomePage::applyTheme()
{
    QFont large(QGuiApplication::font());
    large.setPointSizeF(large.pointSizeF() * 2.2);
    large.setWeight(QFont::DemiBold);
    m_title->setFont(large);
    QFont words(QGuiApplication::font());
    words.setPointSizeF(words.pointSizeF() * 1.15);
    m_words->setFont(words);
    QPalette muted = QGuiApplication::palette();
    muted.setColor(QPalette::WindowText, Theme::instance().muted());
    m_words->setPalette(muted);
    m_recentHeading->setPalette(muted);
    arrange();
}

} // namespace sockeye
