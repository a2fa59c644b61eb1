#include <QTemporaryDir>
#include <QTest>
#include <atomic>
#include <chrono>
#include <cstdlib>
#include <fstream>
#include <memory>
#include <optional>
#include <thread>

#include "core/base/json.h"
#include "core/text/tokenizer.h"

QObject* makeTestPrompt();
QObject* makeTestPromptSyntax();
QObject* makeTestEncodePrompts();

namespace likeness {
namespace fs = std::filesystem;
namespace {

using Ids = std::vector<std::int64_t>;

const fs::path kTokenizer = fs::path(LIKENESS_SOURCE_DIR) / "resources" / "base" / "tokenizer";

fs::path fixtureFolder() {
  const char* given = std::getenv("LIKENESS_FIXTURES");
  const fs::path root = given && *given ? fs::path(given) : LIKENESS_SOURCE_DIR "/tests/numerics/fixtures";
  return root / "text";
}

std::string escaped(const std::string& text) { return Json(text).dump(-1, ' ', true); }

}  // namespace

class TestTokenizer : public QObject {
  Q_OBJECT

 private:
  Json m_fixture;
  std::optional<ClipTokenizer> m_tokenizer;

  // Compares every [text, ids] pair and reports the first few that differ.
  void compareAll(const Json& records) {
    std::size_t wrong = 0;
    for (const auto& record : records) {
      const auto text = record[0].get<std::string>();
      const auto ids = m_tokenizer->encode(text);
      if (ids == record[1].get<Ids>()) continue;
      if (++wrong > 5) continue;
      qWarning("%s\n  got %s\n  not %s", escaped(text).c_str(), Json(ids).dump().c_str(), record[1].dump().c_str());
    }
    qInfo("%zu texts, %zu differ", records.size(), wrong);
    QCOMPARE(wrong, std::size_t{0});
  }

  static Result<ClipTokenizer> openWith(const QTemporaryDir& folder, const Json& files) {
    const fs::path path = folder.path().toStdString();
    for (const auto* name : {"vocab.json", "merges.txt"}) {
      if (!fs::exists(path / name)) fs::create_symlink(kTokenizer / name, path / name);
    }
    for (const auto& [name, content] : files.items()) std::ofstream(path / name) << content.dump();
    return ClipTokenizer::open(path);
  }

 private Q_SLOTS:
  void initTestCase() {
    auto tokenizer = ClipTokenizer::open(kTokenizer);
    QVERIFY2(tokenizer.ok(), tokenizer.ok() ? "" : tokenizer.error().message.c_str());
    m_tokenizer = *tokenizer;
    auto fixture = readJsonFile(fixtureFolder() / "tokenizer.json");
    QVERIFY2(fixture.ok(), fixture.ok() ? "" : fixture.error().message.c_str());
    m_fixture = *fixture;
  }

  void randomTextsEqualTransformers() { compareAll(m_fixture["random"]); }

  void promptsOfThePaperEqualTransformers() {
    if (m_fixture["prompts"].empty()) QSKIP("These fixtures were made without the list of prompts (--prompts).");
    compareAll(m_fixture["prompts"]);
  }

  void decodingEqualsTransformers() {
    std::size_t i = 0;
    for (const auto& decoded : m_fixture["decoded"]) {
      const auto text = m_fixture["random"][i++][0].get<std::string>();
      QCOMPARE(escaped(m_tokenizer->decode(m_tokenizer->encode(text))), escaped(decoded.get<std::string>()));
    }
  }

  void variantsOfSpecialTokens() {
    for (const auto& variant : m_fixture["variants"]) {
      const auto name = variant["name"].get<std::string>();
      const QTemporaryDir folder;
      const auto tokenizer = openWith(folder, variant["files"]);
      QVERIFY2(tokenizer.ok(), tokenizer.ok() ? "" : tokenizer.error().message.c_str());
      QCOMPARE(tokenizer->padToken(), variant["pad"].get<std::int64_t>());
      for (const auto& record : variant["texts"]) {
        const auto text = record[0].get<std::string>();
        const auto where = name + ": " + escaped(text) + " " + Json(tokenizer->encode(text)).dump();
        QVERIFY2(tokenizer->encode(text) == record[1].get<Ids>(), where.c_str());
        QVERIFY2(tokenizer->encodePadded(text) == record[2].get<Ids>(), where.c_str());
      }
    }
  }

  void constantsOfStableDiffusion() {
    QCOMPARE(m_tokenizer->startToken(), std::int64_t{49406});
    QCOMPARE(m_tokenizer->endToken(), std::int64_t{49407});
    QCOMPARE(m_tokenizer->padToken(), std::int64_t{49407});
    QCOMPARE(m_tokenizer->maxLength(), std::size_t{77});
    QCOMPARE(m_tokenizer->vocabularySize(), std::size_t{49408});
    QVERIFY(m_tokenizer->isSingleToken("sks") && m_tokenizer->isSingleToken("DOG"));
    QVERIFY(!m_tokenizer->isSingleToken("") && !m_tokenizer->isSingleToken("sks dog"));
    QVERIFY(!m_tokenizer->isSingleToken("<|endoftext|>"));
  }

  void longPromptsAreQuick() {
    std::string words, joined(200'000, 'x'), mixed;
    for (int i = 0; i < 10'000; ++i) words += "word" + std::to_string(i * 7919) + " ";
    for (int i = 0; i < 200'000; ++i) mixed += static_cast<char>('a' + i * i % 26);
    const auto start = std::chrono::steady_clock::now();
    for (const auto& text : {words, joined, mixed}) QVERIFY(m_tokenizer->tokenCount(text) > 1000);
    QCOMPARE(m_tokenizer->encodePadded(words).size(), std::size_t{77});
    const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - start;
    qInfo("%.3f s", seconds.count());
    QVERIFY(seconds.count() < 5);
  }

  void brokenUtf8IsReadAsReplacements() {
    QVERIFY(m_tokenizer->encode("a \xff b") == m_tokenizer->encode("a \xEF\xBF\xBD b"));
    QVERIFY(m_tokenizer->encode("\xC3") == m_tokenizer->encode("\xEF\xBF\xBD"));
    QVERIFY(m_tokenizer->encode("\xED\xA0\x80").size() > 0);
  }

  void manyThreads() {
    std::vector<std::thread> threads;
    std::atomic<int> wrong{0};
    for (int t = 0; t < 4; ++t) {
      threads.emplace_back([&, tokenizer = *m_tokenizer] {
        for (const auto& record : m_fixture["random"]) {
          if (tokenizer.encode(record[0].get<std::string>()) != record[1].get<Ids>()) ++wrong;
        }
      });
    }
    for (auto& thread : threads) thread.join();
    QCOMPARE(wrong.load(), 0);
  }

  void damagedFoldersAreRefused_data() {
    QTest::addColumn<QString>("file");
    QTest::addColumn<QByteArray>("content");
    QTest::newRow("vocabulary is no JSON") << "vocab.json" << QByteArray("{\"a\":");
    QTest::newRow("vocabulary is a list") << "vocab.json" << QByteArray("[1]");
    QTest::newRow("vocabulary is empty") << "vocab.json" << QByteArray("{}");
    QTest::newRow("vocabulary holds text") << "vocab.json" << QByteArray(R"({"a":"b"})");
    QTest::newRow("vocabulary is negative") << "vocab.json" << QByteArray(R"({"a":-1})");
    QTest::newRow("vocabulary is huge") << "vocab.json" << QByteArray(R"({"a":4294967296})");
    QTest::newRow("vocabulary of another model") << "vocab.json" << QByteArray(R"({"a":0,"b":1,"ab":2})");
    QTest::newRow("merges are empty") << "merges.txt" << QByteArray();
    QTest::newRow("merges are of another model") << "merges.txt" << QByteArray("#version: 0.2\nzzzzq qqqqz\n");
    QTest::newRow("merges lack a pair") << "merges.txt" << QByteArray("#version: 0.2\nin\n");
    QTest::newRow("configuration is no JSON") << "tokenizer_config.json" << QByteArray("{");
    QTest::newRow("map is no JSON") << "special_tokens_map.json" << QByteArray("\xff");
    QTest::newRow("padding is unknown") << "special_tokens_map.json" << QByteArray(R"({"pad_token":"<nothing>"})");
  }
  void damagedFoldersAreRefused() {
    QFETCH(QString, file);
    QFETCH(QByteArray, content);
    const QTemporaryDir folder;
    (void)openWith(folder, Json::object());
    const auto path = fs::path(folder.path().toStdString()) / file.toStdString();
    fs::remove(path);
    std::ofstream(path, std::ios::binary) << content.toStdString();
    const auto tokenizer = ClipTokenizer::open(folder.path().toStdString());
    QVERIFY(!tokenizer.ok());
    QVERIFY(tokenizer.error().code == ErrorCode::Corrupt);
    const auto message = QString::fromStdString(tokenizer.error().message);
    QVERIFY2(message.contains(folder.path()), qPrintable(message));
  }

  // As transformers 5 saves it.
  static Json tokenizerJson(bool pairs) {
    Json merges = Json::array();
    std::ifstream lines(kTokenizer / "merges.txt");
    for (std::string line; std::getline(lines, line);) {
      if (line.empty() || line.starts_with("#version")) continue;
      const auto space = line.find(' ');
      if (pairs) merges.push_back({line.substr(0, space), line.substr(space + 1)});
      else merges.push_back(line);
    }
    return {{"model", {{"type", "BPE"}, {"end_of_word_suffix", "</w>"}, {"merges", merges},
                       {"vocab", readJsonFile(kTokenizer / "vocab.json").value()}}}};
  }

  void tokenizerJsonAloneIsEnough_data() {
    QTest::addColumn<bool>("pairs");
    QTest::newRow("merges are pairs") << true;
    QTest::newRow("merges are lines") << false;
  }
  void tokenizerJsonAloneIsEnough() {
    QFETCH(bool, pairs);
    const QTemporaryDir folder;
    std::ofstream(fs::path(folder.path().toStdString()) / "tokenizer.json") << tokenizerJson(pairs).dump();
    const auto tokenizer = ClipTokenizer::open(folder.path().toStdString());
    QVERIFY2(tokenizer.ok(), tokenizer.ok() ? "" : tokenizer.error().message.c_str());
    QCOMPARE(tokenizer->vocabularySize(), m_tokenizer->vocabularySize());
    for (const auto& record : m_fixture["random"]) {
      QVERIFY(tokenizer->encode(record[0].get<std::string>()) == record[1].get<Ids>());
    }
  }

  void tokenizerSavedByTransformers5() {
    const auto tokenizer = ClipTokenizer::open(fixtureFolder() / "tokenizer_alone");
    QVERIFY2(tokenizer.ok(), tokenizer.ok() ? "" : tokenizer.error().message.c_str());
    QVERIFY(!m_fixture["alone"].empty());
    for (const auto& record : m_fixture["alone"]) {
      const auto text = record[0].get<std::string>();
      QVERIFY2(tokenizer->encode(text) == record[1].get<Ids>(), escaped(text).c_str());
      QVERIFY2(tokenizer->encodePadded(text) == record[2].get<Ids>(), escaped(text).c_str());
    }
  }

  void damagedTokenizerJsonIsRefused_data() {
    QTest::addColumn<QByteArray>("content");
    const QByteArray head = R"({"model":{"type":"BPE","end_of_word_suffix":"</w>",)";
    QTest::newRow("no JSON") << QByteArray("{\"model\":");
    QTest::newRow("no model") << QByteArray("{}");
    QTest::newRow("model is a list") << QByteArray(R"({"model":[]})");
    QTest::newRow("another kind") << QByteArray(R"({"model":{"type":"Unigram","vocab":[["a",0]]}})");
    QTest::newRow("no ends of words") << QByteArray(R"({"model":{"type":"BPE","vocab":{"a":0},"merges":[]}})");
    QTest::newRow("no vocabulary") << head + R"("merges":[["a","b"]]}})";
    QTest::newRow("vocabulary is a list") << head + R"("vocab":[1],"merges":[["a","b"]]}})";
    QTest::newRow("vocabulary is empty") << head + R"("vocab":{},"merges":[["a","b"]]}})";
    QTest::newRow("vocabulary is huge") << head + R"("vocab":{"a":4294967296},"merges":[["a","b"]]}})";
    QTest::newRow("no merges") << head + R"("vocab":{"a":0}}})";
    QTest::newRow("merges are text") << head + R"("vocab":{"a":0},"merges":"a b"}})";
    QTest::newRow("merge of three") << head + R"("vocab":{"a":0},"merges":[["a","a","a"]]}})";
    QTest::newRow("merge of numbers") << head + R"("vocab":{"a":0},"merges":[[0,0]]}})";
    QTest::newRow("merge without a space") << head + R"("vocab":{"a":0},"merges":["aa"]}})";
    QTest::newRow("merge of unknown words") << head + R"("vocab":{"a":0},"merges":[["a","b"]]}})";
    QTest::newRow("no start token") << head + R"("vocab":{"a":0,"aa":1},"merges":[["a","a"]]}})";
    const auto many = QByteArray("0,").repeated(600'000);
    QTest::newRow("too many values") << head + R"("vocab":{"a":0},"merges":[)" + many + "0]}}";
  }
  void damagedTokenizerJsonIsRefused() {
    QFETCH(QByteArray, content);
    const QTemporaryDir folder;
    std::ofstream(fs::path(folder.path().toStdString()) / "tokenizer.json", std::ios::binary) << content.toStdString();
    const auto tokenizer = ClipTokenizer::open(folder.path().toStdString());
    QVERIFY(!tokenizer.ok());
    QVERIFY(tokenizer.error().code == ErrorCode::Corrupt);
    const auto message = QString::fromStdString(tokenizer.error().message);
    QVERIFY2(message.contains(folder.path() + "/tokenizer.json"), qPrintable(message));
  }

  void missingFolder() {
    const auto tokenizer = ClipTokenizer::open("nowhere/tokenizer");
    QVERIFY(!tokenizer.ok() && tokenizer.error().code == ErrorCode::NotFound);
  }
};

}  // namespace likeness

int main(int argc, char** argv) {
  likeness::TestTokenizer tokenizer;
  int failed = QTest::qExec(&tokenizer, argc, argv);
  for (auto* make : {makeTestPrompt, makeTestPromptSyntax, makeTestEncodePrompts}) {
    const std::unique_ptr<QObject> test(make());
    failed += QTest::qExec(test.get(), argc, argv);
  }
  return failed;
}
#include "test_tokenizer.moc"
