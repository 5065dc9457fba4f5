"""Made-up worlds of any size: names and facts such as a register, an encyclopaedia or a film base holds.

Deterministic: the same size and seed give the same world on every machine. Names repeat common parts as real ones do
(科技有限公司, 第一中学, The … of …), a few are ordinary words or differ from another name by one character, and the facts
are as unevenly spread as in real bases: a few hubs hold very many.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path
from random import Random

from bot.bench.slips import common_han

DECOYS = ("是什么", "哪里", "知道", "时间", "作者", "什么时候", "为什么", "你好", "多少钱", "地方", "名字", "What", "Who", "When")
"""Names that are also ordinary words of questions."""
_DECOY = 0.01
"""Share of names that differ from the one before by one character or go on behind it."""
HUB = 100_000
"""Facts that one name may hold."""
_HUB_ASKED = 0.02
"""Share of questions about a name with very many facts."""


@dataclass(frozen=True, slots=True)
class Predicate:
    """A predicate with what its values look like."""

    label: str
    value: str
    """date, number, place, person, organisation or text."""
    asks: tuple[str, ...]
    """Ways of asking for it; none repeats the label."""


PREDICATES = (
    Predicate("成立时间", "date", ("是哪一年创办的", "什么时候创立的", "创建于哪年")),
    Predicate("创始人", "person", ("是谁创办的", "由谁创立", "是什么人开办的")),
    Predicate("所在地", "place", ("在什么地方", "位于哪里", "坐落在哪儿")),
    Predicate("面积", "number", ("占地多大", "占地多少", "有多少平方公里")),
    Predicate("人口", "number", ("住着多少人", "有多少居民")),
    Predicate("负责人", "person", ("由谁领导", "现在归谁管")),
    Predicate("联系电话", "text", ("的电话号码是多少", "怎么联系")),
    Predicate("别名", "text", ("又叫什么", "还有什么别的名字")),
    Predicate("官方网站", "text", ("的网址是什么", "官网是多少")),
    Predicate("海拔", "number", ("有多少米高", "海拔高度是多少")),
    Predicate("主要产品", "text", ("生产什么", "都有什么产品")),
    Predicate("邮政编码", "text", ("邮编是多少", "的邮编是什么")),
)
LATIN = (
    Predicate("founded", "date", ("When was {} established?", "What year was {} set up?")),
    Predicate("founder", "person", ("Who established {}?", "Who set up {}?")),
    Predicate("location", "place", ("Where is {} situated?", "Where can I find {}?")),
    Predicate("population", "number", ("How many people live in {}?", "How many inhabitants does {} have?")),
)
FRAMES = (
    "{}{}？", "请问{}{}？", "我想知道{}{}", "你知道{}{}吗？", "{}{}呢？", "麻烦问一下，{}{}？", "有人知道{}{}吗", "想了解一下{}{}",
    "帮我查查{}{}", "{}到底{}？",
)  # fmt: skip
"""Around name and question."""
_MANY = Predicate("相关人物", "person", ("跟哪些人有关",))

_GIVEN = (
    "明华国文建平志伟东海强晓生光林小民永杰军波成荣新峰刚家龙德庆斌辉良玉俊立浩天宏子金健一忠洪江福祥中正振勇耀春大宁亮宇兴宝少剑云学仁涛瑞飞鹏"
    "安亚泽世汉达卫利胜敏群松克清长嘉红山贤阳乐锋智青跃元南琪颖静丽娟芳艳霞秀英慧巧美娜淑惠珠翠雅芝萍娥玲芬燕彩兰凤洁梅琳素莲真环雪爱妹香月莺媛"
    "瑶怡婵雁蓓眉蓉薇菁梦岚苑婕馨瑗琰韵融园艺咏卿聪澜纯毓悦昭冰爽琬茗羽希宁欣飘育滢馥筠柔竹霭凝思远博涵轩梓睿辰逸晨"
)
_BRAND = (
    "华盛恒泰鑫源宏达兴隆瑞丰金诚信德佳美康乐安顺通利嘉禾中天大众联合创新科远东方正友谊长江海星明珠银河宝丽晨光永久飞鸽双汇三元五洲千百亿万润生物"
    "和平博大同仁世纪富民益阳春晖旭日昌茂荣祥福禄寿喜龙凤麒麟鹏程锦绣卓越领先启航智慧云帆蓝图绿洲红枫紫荆白云青松翠竹伟业腾飞亚太国泰民信凯旋"
)
_LAND = (
    "东西南北上下大小新老前后石桥河江湖山林沙龙凤虎马牛羊白黑红青黄金银铜铁柳杨松竹梅桃李杏花草木水火土田谷岭坪坝滩洲港湾岩洞泉溪塘井坡沟崖关口门"
    "城堡寨屯营店铺集镇庙塔观台阁楼亭长短高低深清平安宁和顺兴隆永福太天云雾日月星光明阳阴春夏秋冬雷风雨雪霜九三五七八四双合会头尾角古仙女王张赵刘"
)
_TITLE = (
    "月夜风雪花雨春秋江湖长安梦生死情爱人间天下山河岁月青春时光故园旧城小镇少年红楼白马黑夜金色银杏远方归来无声寂静沉默等待寻找消失遗忘记忆影子镜"
    "火光大海星空麦田森林荒原孤岛灯塔钟楼钢琴剑客侠女将军王朝帝国边城古道西厢东宫南渡北归秘密花园告别彼岸流年浮生半世繁华落尽千里江南塞北飞鸟鲸鱼"
)
_SURNAMES = "王李张刘陈杨黄赵周吴徐孙马胡朱郭何罗高林郑梁谢唐许冯宋韩邓彭曹曾田萧潘袁蔡蒋余于杜叶程魏苏吕丁任卢姚沈钟姜崔谭陆范汪廖石金韦贾夏付方邹熊白孟秦邱侯江尹薛闫段雷龙黎史陶贺毛郝顾龚邵万覃武钱戴严莫孔向汤"  # noqa: E501
_CITIES = tuple(
    "北京 上海 天津 重庆 广州 深圳 杭州 南京 武汉 成都 西安 苏州 青岛 大连 宁波 厦门 福州 济南 郑州 长沙 合肥 南昌 昆明 贵阳 南宁 海口 "
    "兰州 银川 西宁 太原 沈阳 长春 哈尔滨 石家庄 呼和浩特 乌鲁木齐 拉萨 无锡 常州 徐州 扬州 绍兴 温州 台州 泉州 漳州 佛山 东莞 珠海 中山 "
    "惠州 桂林 柳州 宜昌 襄阳 岳阳 洛阳 开封 烟台 威海 潍坊 唐山 保定 邯郸 大同 包头 吉林 绵阳 遵义 大理 丽江".split()
)
_TRADES = tuple(
    "科技 信息技术 网络科技 生物科技 贸易 实业 文化传媒 建筑工程 房地产开发 餐饮管理 物流 汽车销售 医疗器械 环保 新能源 电子 机械制造 "
    "服装 食品 农业发展 教育咨询 旅游 广告 装饰工程 投资管理".split()
)
_FORMS = ("有限公司", "有限公司", "有限公司", "有限责任公司", "股份有限公司", "集团", "厂", "中心")
_SIGHTS = ("山", "湖", "寺", "公园", "古镇", "塔", "岛", "峡谷", "瀑布", "森林公园", "博物馆", "纪念馆", "遗址", "书院", "桥", "水库")
_WORK_ENDS = ("传", "记", "之歌", "的故事", "物语", "奇缘", "往事", "传说", "风云", "之恋", "入门", "概论", "研究", "教程", "史", "日记")
_SCHOOLS = ("第一中学", "第二中学", "实验小学", "职业技术学院", "师范学院", "大学", "外国语学校", "人民医院", "中心小学")
_FIRST = tuple(
    "James Mary John Linda Robert Susan Michael Karen William Nancy David Lisa Richard Betty Thomas Helen Daniel Sandra "
    "Paul Donna Mark Carol George Ruth Kenneth Sharon Steven Laura Edward Emma Brian Anna Ronald Julia Kevin Alice".split()
)
_LAST = tuple(
    "Smith Johnson Brown Taylor Anderson Harris Clark Lewis Walker Hall Young King Wright Hill Green Adams Baker Nelson "
    "Carter Mitchell Roberts Turner Phillips Campbell Parker Evans Edwards Collins Stewart Morris Murphy Cook Rogers".split()
)
_THINGS = tuple(
    "River Stone Winter Garden Shadow Ocean Crystal Summer Mountain Silver Night Forest Golden Broken Silent Hidden "
    "Burning Ancient Northern Crimson Distant Empty Frozen Velvet Copper Thunder Harbor Lantern Meadow Orchard".split()
)
_ENDS = ("Systems", "Labs", "Holdings", "Partners", "Industries", "Motors", "Foods", "Records", "Pictures", "Press")


@dataclass(frozen=True, slots=True)
class Case:
    """A question about a made-up world."""

    name: str
    ask: str
    """The question with {} where the name stands."""
    predicate: str
    values: tuple[str, ...]

    @property
    def text(self) -> str:
        return self.ask.replace("{}", self.name)


class World:
    """Names and facts of one size."""

    def __init__(self, size: int, facts: int, seed: int = 1) -> None:
        """Make `size` names; the facts are made as they are written."""
        self.size, self.count, self.seed = size, facts, seed
        self.names = _names(size, Random(seed))

    def facts(self, number: int) -> Iterator[tuple[str, str]]:
        """(predicate, value) of a name, without the many facts of hubs."""
        random = Random(f"{self.seed} {number}")
        pool = LATIN if self.names[number].isascii() else PREDICATES
        most = max(1, min(len(pool), self.count * 9 // 10 // self.size))
        chosen = random.sample(pool, most) if most < len(pool) else pool
        for predicate in chosen:
            yield predicate.label, _VALUES[predicate.value](random)

    def write(self, path: Path) -> int:
        """Write all facts as JSON lines, those of hubs last; returns how many."""
        written = 0
        with path.open("w", encoding="utf-8") as file:
            for number, name in enumerate(self.names):
                start = _line_start(name)
                rows = [f'{start}{p}", "o": "{o}"}}\n' for p, o in self.facts(number)]
                file.write("".join(rows))
                written += len(rows)
            random = Random(self.seed)
            for hub, many in enumerate(self._shares(self.count - written)):
                start = f"{_line_start(self.names[hub])}{_MANY.label}\", \"o\": \""
                for _ in range(many):
                    file.write(f'{start}{_person(random)}"}}\n')
                written += many
        return written

    def _shares(self, left: int) -> list[int]:
        """How many more facts each of the first names holds: half of what is left, up to HUB."""
        shares: list[int] = []
        while left > 0 and len(shares) < self.size:
            shares.append(min(left, max(left // 2, 1000), HUB))
            left -= shares[-1]
        return shares

    def cases(self, count: int, seed: int = 2) -> list[Case]:
        """Questions about names drawn at random, hubs among them, in phrasings that repeat no label."""
        random = Random(seed)
        found: list[Case] = []
        while len(found) < count:
            number = random.randrange(min(10, self.size) if random.random() < _HUB_ASKED else self.size)
            if self.names[number] not in DECOYS:
                found.append(self._case(number, random))
        return found

    def _case(self, number: int, random: Random) -> Case:
        name = self.names[number]
        label, value = random.choice(list(self.facts(number)))
        if name.isascii():
            return Case(name, random.choice(next(p.asks for p in LATIN if p.label == label)), label, (value,))
        asked = random.choice(next(p.asks for p in PREDICATES if p.label == label))
        return Case(name, random.choice(FRAMES).format("{}", asked), label, (value,))


def _line_start(name: str) -> str:
    return f'{{"s": {json.dumps(name, ensure_ascii=False)}, "p": "'


def _names(size: int, random: Random) -> list[str]:
    """Distinct names, ordinary words among them; hubs come first."""
    kinds = (_company, _person, _place, _work, _school, _latin_person, _latin_firm, _latin_work)
    weights = list(accumulate((28, 20, 14, 14, 8, 5, 5, 6)))
    found: dict[str, None] = {}
    while len(found) < size:
        name = random.choices(kinds, cum_weights=weights)[0](random)
        found[name] = None
        if random.random() < _DECOY:
            found[_near(name, random)] = None
        if len(found) % 997 == 500:
            found[DECOYS[len(found) // 997 % len(DECOYS)]] = None
    return list(found)[:size]


def _near(name: str, random: Random) -> str:
    """A name that is easily taken for this one."""
    if name.isascii():
        return name + random.choice((" II", " Group", "s"))
    i = random.randrange(len(name))
    return random.choice((name + random.choice(("店", "分公司", "新村", "二")), name[:i] + random.choice(common_han()) + name[i + 1 :]))


def _word(pool: str, random: Random, size: int) -> str:
    """Characters of a pool, the first ones more often."""
    return "".join(pool[int(len(pool) * random.random() ** 1.5)] for _ in range(size))


def _person(random: Random) -> str:
    return _word(_SURNAMES, random, 1) + _word(_GIVEN, random, 1 if random.random() < 0.2 else 2)


def _company(random: Random) -> str:
    place = random.choice(_CITIES) + random.choice(("", "市")) if random.random() < 0.8 else ""
    return place + _word(_BRAND, random, random.choice((2, 2, 3))) + random.choice(_TRADES) + random.choice(_FORMS)


def _place(random: Random) -> str:
    if random.random() < 0.4:
        return _word(_LAND, random, 2) + random.choice(("县", "镇", "乡", "村", "区", "街道"))
    return _word(_LAND, random, random.choice((1, 2, 2, 3))) + random.choice(_SIGHTS)


def _work(random: Random) -> str:
    return _word(_TITLE, random, random.choice((2, 3, 4))) + random.choice(("", *_WORK_ENDS))


def _school(random: Random) -> str:
    part = _word(_LAND, random, 2)
    return random.choice(_CITIES) + random.choice(("", f"{part}区", part)) + random.choice(_SCHOOLS)


def _coined(random: Random) -> str:
    """A made-up Latin word that can be spoken."""
    return "".join(random.choice("bcdfghklmnprstvz") + random.choice("aeiou") for _ in range(random.choice((2, 3)))).title()


def _latin_person(random: Random) -> str:
    return f"{random.choice(_FIRST)} {random.choice((random.choice(_LAST), _coined(random) + 'son'))}"


def _latin_firm(random: Random) -> str:
    return f"{_coined(random)} {random.choice(_ENDS)}"


def _latin_work(random: Random) -> str:
    return random.choice(("The {} {}", "{} of the {}", "{} and {}", "A {} in {}")).format(
        random.choice(_THINGS), random.choice((random.choice(_THINGS), _coined(random)))
    )


def _date(random: Random) -> str:
    return f"{random.randrange(1850, 2025)}年{random.randrange(1, 13)}月{random.randrange(1, 29)}日"


_VALUES: dict[str, Callable[[Random], str]] = {
    "date": _date,
    "number": lambda random: f"{random.randrange(1, 10**random.randrange(2, 7))}",
    "place": lambda random: random.choice(_CITIES) + _word(_LAND, random, 2) + "区",
    "person": _person,
    "organisation": _company,
    "text": lambda random: f"{random.randrange(10**7, 10**8)}",
}
