// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "protocol/annotation/annotation.h"
#include "protocol/framing/receive_buffer.h"
#include "protocol/protocols/app/app_protocol.h"
#include "protocol/protocols/app/message.h"
#include "protocol/services/service.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QtEndian>

#include <benchmark/benchmark.h>

using namespace sockeye;

namespace {

const QByteArray& searchRequest()
{
    static const QByteArray request = encodeRequest(u"search", u"morpheus", ByteOrder::Little);
    return request;
}

QByteArray messageAround(QByteArrayView type, QByteArrayView encoding, QByteArrayView content)
{
    QByteArray message;
    appendMessage(message, type, encoding, ByteOrder::Little, content);
    return message;
}

/// JSON of about that many bytes, of the kind that services send: records in a list.
QByteArray records(qsizetype size)
{
    QByteArray json = "{\"records\": [";
    for (int i = 0; json.size() < size; ++i) {
        json += "{\"id\": " + QByteArray::number(i) + ", \"name\": \"somebody of that number\", \"weight\": 71.25}, ";
    }
    return json + "null]}";
}

/// A connection's first message: header parsed, content checked.
void decodeFirst(benchmark::State& state)
{
    const QByteArray& request = searchRequest();
    Frames frames;
    for (auto _ : state) {
        frames.clear();
        const auto framing = appProtocol()->newFraming();
        framing->feed(request, frames);
        const Frame& frame = frames.front();
        const auto right = checkContent(*headerOf(frame), QByteArrayView(request).sliced(frame.contentOffset), 0);
        benchmark::DoNotOptimize(right.has_value());
    }
}
BENCHMARK(decodeFirst);

/// Every further message whose header is the one before: what a persistent connection does.
void decodeNext(benchmark::State& state)
{
    const QByteArray& request = searchRequest();
    const auto framing = appProtocol()->newFraming();
    Frames frames;
    for (auto _ : state) {
        frames.clear();
        framing->feed(request, frames);
        const Frame& frame = frames.front();
        const auto right = checkContent(*headerOf(frame), QByteArrayView(request).sliced(frame.contentOffset), 0);
        benchmark::DoNotOptimize(right.has_value());
    }
}
BENCHMARK(decodeNext);

/// The same with a header that changes each time.
void decodeOtherHeader(benchmark::State& state)
{
    const QByteArray requests[] { searchRequest(), encodeRequest(u"search", u"ring", ByteOrder::Little) };
    const auto framing = appProtocol()->newFraming();
    Frames frames;
    size_t turn = 0;
    for (auto _ : state) {
        frames.clear();
        const QByteArray& request = requests[turn++ % 2];
        framing->feed(request, frames);
        const Frame& frame = frames.front();
        const auto right = checkContent(*headerOf(frame), QByteArrayView(request).sliced(frame.contentOffset), 0);
        benchmark::DoNotOptimize(right.has_value());
    }
}
BENCHMARK(decodeOtherHeader);

/// Decoding with what Qt offers, as a straightforward program would do it.
void decodeWithQt(benchmark::State& state)
{
    const QByteArray& request = searchRequest();
    for (auto _ : state) {
        const auto size = qFromBigEndian<quint16>(request.constData());
        const QJsonObject header = QJsonDocument::fromJson(request.mid(2, size)).object();
        const int length = header.value(u"content-length").toInt();
        const QJsonObject content = QJsonDocument::fromJson(request.mid(2 + size, length)).object();
        benchmark::DoNotOptimize(content.value(u"action").toString());
    }
}
BENCHMARK(decodeWithQt);

/// Decode, answer, encode: what a server does with a message beside its sockets.
void transaction(benchmark::State& state)
{
    ServiceOptions options;
    options.persistent = true;
    const auto service = newService(u"app", options);
    const auto session = service->newSession();
    const auto framing = appProtocol()->newFraming();
    const QByteArray& request = searchRequest();
    Frames frames;
    QByteArray out;
    out.reserve(4096);
    for (auto _ : state) {
        frames.clear();
        out.resize(0);
        framing->feed(request, frames);
        const auto after = session->answer(frames.front(), request, out);
        benchmark::DoNotOptimize(after.has_value());
        benchmark::DoNotOptimize(out.constData());
    }
}
BENCHMARK(transaction);

void encodeSearch(benchmark::State& state)
{
    QByteArray out;
    out.reserve(4096);
    for (auto _ : state) {
        out.resize(0);
        appendMessage(out, "text/json", "utf-8", ByteOrder::Little, "{\"result\": \"Follow the white rabbit.\"}");
        benchmark::DoNotOptimize(out.constData());
    }
}
BENCHMARK(encodeSearch);

void encodeWithQt(benchmark::State& state)
{
    for (auto _ : state) {
        const QByteArray content =
            QJsonDocument(QJsonObject { { u"result"_qs, u"Follow the white rabbit."_qs } }).toJson();
        const QByteArray header = QJsonDocument(QJsonObject {
                                                    { u"byteorder"_qs, u"little"_qs },
                                                    { u"content-type"_qs, u"text/json"_qs },
                                                    { u"content-encoding"_qs, u"utf-8"_qs },
                                                    { u"content-length"_qs, content.size() },
                                                })
                                      .toJson();
        QByteArray out(2, '\0');
        qToBigEndian(static_cast<quint16>(header.size()), out.data());
        out += header + content;
        benchmark::DoNotOptimize(out.constData());
    }
}
BENCHMARK(encodeWithQt);

void annotateSearch(benchmark::State& state)
{
    const QByteArray& request = searchRequest();
    for (auto _ : state) {
        const Annotation annotation = annotate(appProtocol(), request);
        benchmark::DoNotOptimize(annotation.fields().data());
    }
}
BENCHMARK(annotateSearch);

/// Messages that wait in one buffer: the cost of each must not depend on how many there are.
void bufferedMessages(benchmark::State& state)
{
    const auto count = static_cast<int>(state.range(0));
    const QByteArray stream = searchRequest().repeated(count);
    Frames frames;
    for (auto _ : state) {
        const auto framing = appProtocol()->newFraming();
        ReceiveBuffer buffer;
        buffer.append(stream);
        frames.clear();
        framing->feed(stream, frames);
        for (const Frame& frame : frames) {
            benchmark::DoNotOptimize(buffer.view(frame.offset, frame.size).data());
            buffer.discardBefore(frame.end());
        }
    }
    state.SetItemsProcessed(state.iterations() * count);
}
BENCHMARK(bufferedMessages)->Arg(1)->Arg(256)->Arg(4096);

/// Content of 64 MiB, fed in pieces of a read.
void largeBinaryContent(benchmark::State& state)
{
    const auto piece = static_cast<qsizetype>(state.range(0));
    const QByteArray message = messageAround("x", "binary", QByteArray(64 * 1024 * 1024, 'x'));
    Frames frames;
    for (auto _ : state) {
        const auto framing = appProtocol()->newFraming();
        frames.clear();
        for (qsizetype at = 0; at < message.size(); at += piece) {
            framing->feed(QByteArrayView(message).sliced(at, qMin(piece, message.size() - at)), frames);
        }
        benchmark::DoNotOptimize(frames.data());
    }
    state.SetBytesProcessed(state.iterations() * message.size());
}
BENCHMARK(largeBinaryContent)->Arg(1)->Arg(4096)->Arg(65536)->Unit(benchmark::kMillisecond);

void annotateLargeBinary(benchmark::State& state)
{
    const QByteArray message = messageAround("x", "binary", QByteArray(64 * 1024 * 1024, 'x'));
    for (auto _ : state) {
        benchmark::DoNotOptimize(annotate(appProtocol(), message).fields().data());
    }
}
BENCHMARK(annotateLargeBinary);

void annotateLargeJson(benchmark::State& state)
{
    const QByteArray message = messageAround("text/json", "utf-8", records(64 * 1024 * 1024 - 200));
    AnnotateOptions options;
    options.checked = state.range(0) != 0; // as the inspector does with whole messages
    for (auto _ : state) {
        const Annotation annotation = annotate(appProtocol(), message, options);
        benchmark::DoNotOptimize(annotation.json().constData());
    }
    state.SetBytesProcessed(state.iterations() * message.size());
}
BENCHMARK(annotateLargeJson)->Arg(0)->Arg(1)->ArgName("checked")->Unit(benchmark::kMillisecond);

void checkJson(benchmark::State& state)
{
    const QByteArray content = records(static_cast<qsizetype>(state.range(0)));
    const Header header { ByteOrder::Little, "text/json", "utf-8", content.size() };
    for (auto _ : state) {
        benchmark::DoNotOptimize(checkContent(header, content, 0).has_value());
    }
    state.SetBytesProcessed(state.iterations() * content.size());
}
BENCHMARK(checkJson)->Arg(1000)->Arg(60'000)->Arg(1'000'000)->Arg(64'000'000)->Unit(benchmark::kMicrosecond);

} // namespace

BENCHMARK_MAIN();
