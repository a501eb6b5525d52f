// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/rules/rule_watch.h"

#include "app/threads/background_threads.h"

#include <QCoreApplication>
#include <QPointer>
#include <QThreadPool>

namespace sockeye {

RuleWatch::RuleWatch(std::shared_ptr<RuleShelf> shelf, const QString& file, const RuleUse& use, QObject* parent)
    : QObject(parent)
    , m_shelf(std::move(shelf))
    , m_file(file)
    , m_use(use)
{
    connect(&m_files, &FileWatch::changed, this, &RuleWatch::readAgain);
    m_files.watch({ m_file });
}

void RuleWatch::take(const RuleFile& read)
{
    m_files.watch(read.files);
    m_text = read.text;
    if (read.rules) {
        m_shelf->put(read.rules);
    }
    Q_EMIT this->read(read);
}

void RuleWatch::readAgain()
{
    backgroundThreads().start([watch = QPointer<RuleWatch>(this), file = m_file, use = m_use, number = ++m_reading] {
        const RuleFile read = readRuleFile(file, use);
        // Back in the thread of the watch, which may have gone meanwhile.
        QMetaObject::invokeMethod(
            QCoreApplication::instance(),
            [watch, read, number] {
                if (watch && watch->m_reading == number) {
                    watch->take(read);
                }
            },
            Qt::QueuedConnection);
    });
}

QString reloadText(const RuleFile& read, const QString& file)
{
    return read.rules ? QCoreApplication::translate("sockeye::RuleWatch", "%1 was read again: %n rule(s) are in force.",
               nullptr, static_cast<int>(read.rules->rules().size()))
                            .arg(file)
                      : QCoreApplication::translate(
                          "sockeye::RuleWatch", "%1 has changed and is wrong; the rules before it stay in force. %2")
                            .arg(file, read.sentences(file));
}

} // namespace sockeye
