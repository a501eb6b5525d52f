// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Sockeye's server, as the window and the command line run it, without either.
//
// bench_sockeye_server one|keep [off|disk] [native|qt] [FILE.ksy]: prints the port that it listens on, serves until it
// is killed. "disk" captures everything, as a window does. With a description its messages are sent back.

#include "app/descriptions/description_file.h"
#include "app/endpoint/server.h"
#include "app/net/io_threads.h"
#include "app/reading/capture.h"
#include "protocol/protocols/described/described_protocol.h"

#include <QCoreApplication>

#include <cstdio>

#include <sys/resource.h>

int main(int argc, char** argv)
{
    const QCoreApplication app(argc, argv);
    if (argc < 2) {
        std::fputs("usage: bench_sockeye_server one|keep [off|disk] [native|qt] [FILE.ksy]\n", stderr);
        return 2;
    }
    rlimit limit {};
    ::getrlimit(RLIMIT_NOFILE, &limit);
    limit.rlim_cur = limit.rlim_max;
    ::setrlimit(RLIMIT_NOFILE, &limit);

    sockeye::IoThreads threads;
    std::shared_ptr<sockeye::Capture> capture;
    if (argc > 2 && qstrcmp(argv[2], "disk") == 0) {
        capture = sockeye::Capture::create({});
    }
    sockeye::Server server(threads, capture);
    QObject::connect(&server, &sockeye::Server::stateChanged, &server, [&] {
        if (server.state() == sockeye::Server::State::Listening) {
            std::printf("%d\n", server.address().port);
            std::fflush(stdout);
        } else if (server.state() == sockeye::Server::State::Failed) {
            std::fputs(qPrintable(server.failure().oneLine()), stderr);
            QCoreApplication::exit(1);
        }
    });
    sockeye::ServerOptions options;
    options.port = 0;
    options.serviceOptions.persistent = qstrcmp(argv[1], "keep") == 0;
    if (argc > 3) {
        const sockeye::Engine* const engine = sockeye::engineNamed(QString::fromLatin1(argv[3]));
        if (engine == nullptr) {
            std::fputs("there is no such engine\n", stderr);
            return 2;
        }
        options.engine = engine;
    }
    if (argc > 4) {
        const QString file = QString::fromLocal8Bit(argv[4]);
        const auto description = sockeye::loadDescription(file);
        if (!description) {
            std::fputs("there is no such description\n", stderr);
            return 2;
        }
        options.service = QStringLiteral("echo");
        options.serviceOptions.protocol = std::make_shared<const sockeye::DescribedProtocol>(file, *description);
    }
    server.start(options);
    return QCoreApplication::exec();
}
