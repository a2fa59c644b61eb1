#include <QTest>

#include "core/base/json.h"
#include "core/model/clip_text_model.h"
#include "core/text/prompt.h"
#include "core/weights/diffusers_folder.h"
#include "core/weights/load_module.h"

namespace likeness {
namespace {

const std::filesystem::path kBase = std::filesystem::path(LIKENESS_SOURCE_DIR) / "resources" / "base";

}  // namespace

class TestPrompt : public QObject {
  Q_OBJECT

 private:
  ClipTokenizer m_tokenizer = ClipTokenizer::open(kBase / "tokenizer").value();

 private Q_SLOTS:
  void identifierTokens() {
    QCOMPARE(resolvePrompt("a photo of [V] dog, [v]!", "sks"), std::string("a photo of sks dog, sks!"));
    QCOMPARE(resolvePrompt("[V][V][V", "[V]"), std::string("[V][V][V"));
    QCOMPARE(resolvePrompt("", "sks"), std::string());
    QCOMPARE(resolvePrompt("nothing [W]", "sks"), std::string("nothing [W]"));
    const std::vector<std::string> two{"sks", "zwx"};
    QCOMPARE(resolvePrompt("[V1] and [v2], [V] [V2]", two), std::string("sks and zwx, sks zwx"));
    QCOMPARE(resolvePrompt("[V3] [V0] [Vx] [V12345] [V2", two), std::string("[V3] [V0] [Vx] [V12345] [V2"));
    QVERIFY(checkSubjectMarks("[V] [V2] [W] [V0]", 2).ok());
    QVERIFY(checkSubjectMarks("a [V3]", 2).error().message.find("[V3]") != std::string::npos);
    QVERIFY(!checkSubjectMarks("a [v2]", 1).ok());
  }

  void checksPrompts() {
    QCOMPARE(checkPrompt(m_tokenizer, "")->tokens, std::size_t{0});
    QVERIFY(checkPrompt(m_tokenizer, "a dog")->warning.empty());
    std::string dogs;
    for (int i = 0; i < 75; ++i) dogs += "dog ";
    QVERIFY(checkPrompt(m_tokenizer, dogs)->warning.empty());
    const auto cut = checkPrompt(m_tokenizer, dogs + "and a cat");
    QCOMPARE(cut->tokens, std::size_t{78});
    QVERIFY2(cut->warning.find("\"and a cat\"") != std::string::npos, cut->warning.c_str());
    for (const auto* broken : {"\xff", "a \xC3", "\xED\xA0\x80", "\xF4\x90\x80\x80", "\xC0\x80"}) {
      const auto checked = checkPrompt(m_tokenizer, broken);
      QVERIFY(!checked.ok() && checked.error().code == ErrorCode::InvalidArgument);
    }
    std::string many;
    for (int i = 0; i < 10'000; ++i) many += "日本 ";
    const auto huge = checkPrompt(m_tokenizer, many);
    QVERIFY(huge.ok() && huge->warning.size() < 300);
  }

  void identifierTokensAreChecked() {
    QVERIFY(checkIdentifierToken(m_tokenizer, "sks")->empty());
    QVERIFY(checkIdentifierToken(m_tokenizer, "mydogrex42")->find("tokens") != std::string::npos);
    for (const auto* bad : {"", " ", "a b", "a\nb", "\xff", "\xE3\x80\x80"}) {
      QVERIFY(!checkIdentifierToken(m_tokenizer, bad).ok());
    }
    const auto rare = rareTokens(m_tokenizer);
    QVERIFY(rare.size() >= 8 && rare.front() == "sks");
  }

  void encodesPrompts() {
    const auto config = kBase / "text_encoder" / "config.json";
    ClipTextModel model(ClipTextConfig::fromJson(readJsonFile(config).value(), config).value());
    (void)loadModule(*model, openComponentWeights(kBase / "text_encoder").value()).value();
    const torch::NoGradGuard guard;
    const auto both = encodePrompts(model, m_tokenizer, {"a photo of a dog", ""});
    QVERIFY(both.sizes() == at::IntArrayRef({2, 77, model->config().hiddenSize}));
    QVERIFY(torch::allclose(both[1], encodePrompts(model, m_tokenizer, {""})[0], 1e-5, 1e-5));
    QVERIFY(!torch::allclose(both[0], both[1], 1e-2, 1e-2));
    const auto ids = tokenizePrompts(m_tokenizer, {"a", "b"});
    QVERIFY(ids.sizes() == at::IntArrayRef({2, 77}) && ids.scalar_type() == torch::kInt64);
  }
};

}  // namespace likeness

QObject* makeTestPrompt() { return new likeness::TestPrompt; }
#include "test_prompt.moc"
