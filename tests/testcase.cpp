// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/testcase.h"

#include <QFileInfo>
#include <QMap>
#include <QRegularExpression>
#include <QTest>

namespace sockeye {

namespace {

QMap<QByteArray, TestEntry::Make>& entries()
{
    static QMap<QByteArray, TestEntry::Make> all;
    return all;
}

} // namespace

TestEntry::TestEntry(const char* sourceFile, Make make)
{
    entries().insert(QFileInfo(QString::fromUtf8(sourceFile)).completeBaseName().toUtf8(), std::move(make));
}

std::unique_ptr<QObject> TestEntry::make(const QByteArray& name)
{
    const auto entry = entries().constFind(name);
    return entry != entries().constEnd() ? (*entry)() : nullptr;
}

QList<QByteArray> TestEntry::names()
{
    return entries().keys();
}

void TestCase::init()
{
    QTest::failOnWarning(QRegularExpression(QStringLiteral(".")));
}

} // namespace sockeye
