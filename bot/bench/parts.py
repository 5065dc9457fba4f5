"""The parts of which made-up names are put together. General knowledge: places, trades, usual characters and words."""

GIVEN = (
    "明华国文建平志伟东海强晓生光林小民永杰军波成荣新峰刚家龙德庆斌辉良玉俊立浩天宏子金健一忠洪江福祥中正振勇耀春大宁"
    "亮宇兴宝少剑云学仁涛瑞飞鹏安亚泽世汉达卫利胜敏群松克清长嘉红山贤阳乐锋智青跃元南琪颖静丽娟芳艳霞秀英慧巧美娜淑惠"
    "珠翠雅芝萍娥玲芬燕彩兰凤洁梅琳素莲真环雪爱妹香月莺媛瑶怡婵雁蓓眉蓉薇菁梦岚苑婕馨瑗琰韵融园艺咏卿聪澜纯毓悦昭冰爽"
    "琬茗羽希宁欣飘育滢馥筠柔竹霭凝思远博涵轩梓睿辰逸晨"
)
"""Characters of given names, the frequent ones first; so below."""
BRAND = (
    "华盛恒泰鑫源宏达兴隆瑞丰金诚信德佳美康乐安顺通利嘉禾中天大众联合创新科远东方正友谊长江海星明珠银河宝丽晨光永久飞"
    "鸽双汇三元五洲千百亿万润生物和平博大同仁世纪富民益阳春晖旭日昌茂荣祥福禄寿喜龙凤麒麟鹏程锦绣卓越领先启航智慧云帆"
    "蓝图绿洲红枫紫荆白云青松翠竹伟业腾飞亚太国泰民信凯旋"
)
"""Of companies' names."""
LAND = (
    "东西南北上下大小新老前后石桥河江湖山林沙龙凤虎马牛羊白黑红青黄金银铜铁柳杨松竹梅桃李杏花草木水火土田谷岭坪坝滩洲"
    "港湾岩洞泉溪塘井坡沟崖关口门城堡寨屯营店铺集镇庙塔观台阁楼亭长短高低深清平安宁和顺兴隆永福太天云雾日月星光明阳阴"
    "春夏秋冬雷风雨雪霜九三五七八四双合会头尾角古仙女王张赵刘"
)
"""Of places' names."""
TITLE = (
    "月夜风雪花雨春秋江湖长安梦生死情爱人间天下山河岁月青春时光故园旧城小镇少年红楼白马黑夜金色银杏远方归来无声寂静沉"
    "默等待寻找消失遗忘记忆影子镜火光大海星空麦田森林荒原孤岛灯塔钟楼钢琴剑客侠女将军王朝帝国边城古道西厢东宫南渡北归"
    "秘密花园告别彼岸流年浮生半世繁华落尽千里江南塞北飞鸟鲸鱼"
)
"""Of titles."""
SURNAMES = (
    "王李张刘陈杨黄赵周吴徐孙马胡朱郭何罗高林郑梁谢唐许冯宋韩邓彭曹曾田萧潘袁蔡蒋余于杜叶程魏苏吕丁任卢姚沈钟姜崔谭陆"
    "范汪廖石金韦贾夏付方邹熊白孟秦邱侯江尹薛闫段雷龙黎史陶贺毛郝顾龚邵万覃武钱戴严莫孔向汤"
)
"""The frequent ones first."""
CITIES = tuple(
    (
        "北京 上海 天津 重庆 广州 深圳 杭州 南京 武汉 成都 西安 苏州 青岛 大连 宁波 厦门 福州 济南 郑州 长沙 "
        "合肥 南昌 昆明 贵阳 南宁 海口 兰州 银川 西宁 太原 沈阳 长春 哈尔滨 石家庄 呼和浩特 乌鲁木齐 拉萨 "
        "无锡 常州 徐州 扬州 绍兴 温州 台州 泉州 漳州 佛山 东莞 珠海 中山 惠州 桂林 柳州 宜昌 襄阳 岳阳 洛阳 "
        "开封 烟台 威海 潍坊 唐山 保定 邯郸 大同 包头 吉林 绵阳 遵义 大理 丽江"
    ).split()
)
TRADES = tuple(
    (
        "科技 信息技术 网络科技 生物科技 贸易 实业 文化传媒 建筑工程 房地产开发 餐饮管理 物流 汽车销售 "
        "医疗器械 环保 新能源 电子 机械制造 服装 食品 农业发展 教育咨询 旅游 广告 装饰工程 投资管理"
    ).split()
)
FORMS = ("有限公司", "有限公司", "有限公司", "有限责任公司", "股份有限公司", "集团", "厂", "中心")
SIGHTS = tuple(("山 湖 寺 公园 古镇 塔 岛 峡谷 瀑布 森林公园 博物馆 纪念馆 遗址 书院 桥 水库").split())
WORK_ENDS = tuple(("传 记 之歌 的故事 物语 奇缘 往事 传说 风云 之恋 入门 概论 研究 教程 史 日记").split())
SCHOOLS = ("第一中学", "第二中学", "实验小学", "职业技术学院", "师范学院", "大学", "外国语学校", "人民医院", "中心小学")
FIRST = tuple(
    (
        "James Mary John Linda Robert Susan Michael Karen William Nancy David Lisa Richard Betty Thomas Helen "
        "Daniel Sandra Paul Donna Mark Carol George Ruth Kenneth Sharon Steven Laura Edward Emma Brian Anna "
        "Ronald Julia Kevin Alice"
    ).split()
)
LAST = tuple(
    (
        "Smith Johnson Brown Taylor Anderson Harris Clark Lewis Walker Hall Young King Wright Hill Green "
        "Adams Baker Nelson Carter Mitchell Roberts Turner Phillips Campbell Parker Evans Edwards Collins "
        "Stewart Morris Murphy Cook Rogers"
    ).split()
)
THINGS = tuple(
    (
        "River Stone Winter Garden Shadow Ocean Crystal Summer Mountain Silver Night Forest Golden Broken "
        "Silent Hidden Burning Ancient Northern Crimson Distant Empty Frozen Velvet Copper Thunder Harbor "
        "Lantern Meadow Orchard"
    ).split()
)
ENDS = ("Systems", "Labs", "Holdings", "Partners", "Industries", "Motors", "Foods", "Records", "Pictures", "Press")
