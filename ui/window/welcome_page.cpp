// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/window/welcome_page.h"

#include "ui/theme/icons.h"
#include "ui/theme/theme.h"
#include "ui/widgets/choice_button.h"

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

} // namespace

WelcomePage::WelcomePage(QWidget* parent)
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
    m_picture->setPixmap(applicationIcon().pixmap(pictureSize));
    m_words->setWordWrap(true);

    auto* server = new ChoiceButton(QStringLiteral("server"), tr("Start a server"),
        tr("Listens on a port of this machine and answers. You see every connection and message."));
    auto* client = new ChoiceButton(QStringLiteral("client"), tr("Start a client"),
        tr("Write a request as a form, as JSON or byte by byte, send it, and read the reply."));
    auto* open = new ChoiceButton(QStringLiteral("open"), tr("Open a capture"),
        tr("A pcapng or pcap file, of Sockeye's or of Wireshark's. You can also drop it here."));
    auto* load = new ChoiceButton(QStringLiteral("load"), tr("Measure a server"),
        tr("Requests a second, the time of each reply, and whether every one is right."));
    auto* watch = new ChoiceButton(QStringLiteral("play"), tr("Watch a first exchange"),
        tr("A server and a client meet: a question goes out as bytes, and an answer comes back."));
    connect(server, &QAbstractButton::clicked, this, &WelcomePage::serverRequested);
    connect(client, &QAbstractButton::clicked, this, &WelcomePage::clientRequested);
    connect(load, &QAbstractButton::clicked, this, &WelcomePage::loadRequested);
    connect(open, &QAbstractButton::clicked, this, &WelcomePage::openRequested);
    connect(watch, &QAbstractButton::clicked, this, &WelcomePage::firstExchangeRequested);

    auto* heading = new QGridLayout;
    heading->setHorizontalSpacing(24);
    heading->setVerticalSpacing(4);
    heading->addWidget(m_picture, 0, 0, 2, 1, Qt::AlignTop);
    heading->addWidget(m_title, 0, 1, Qt::AlignBottom);
    heading->addWidget(m_words, 1, 1, Qt::AlignTop);
    heading->setColumnStretch(1, 1);

    auto* choices = new QGridLayout;
    choices->setSpacing(16);
    choices->addWidget(watch, 0, 0);
    choices->addWidget(server, 0, 1);
    choices->addWidget(client, 1, 0);
    choices->addWidget(load, 1, 1);
    choices->addWidget(open, 2, 0, 1, 2);

    m_recent->setSpacing(0);
    auto* column = new QVBoxLayout;
    column->setSpacing(24);
    column->addStretch(2);
    column->addLayout(heading);
    column->addLayout(choices);
    column->addWidget(m_recentHeading);
    column->addLayout(m_recent);
    column->addStretch(3);

    auto* content = new QWidget;
    auto* centred = new QHBoxLayout(content);
    centred->setContentsMargins(32, 32, 32, 32);
    centred->addStretch(1);
    centred->addLayout(column);
    centred->addStretch(1);
    setWidget(content);

    connect(&Theme::instance(), &Theme::changed, this, &WelcomePage::applyTheme);
    applyTheme();
    setRecentFiles({});
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
}

} // namespace sockeye
